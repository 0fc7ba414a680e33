/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.frameflow.operators.tracking.tracker;

import io.frameflow.operators.tracking.motion.BoxModel;
import io.frameflow.operators.tracking.tracker.TrackerRecipe.Lifecycle;
import java.util.EnumSet;
import java.util.List;

/**
 * SORT: Bewley et al., "Simple Online and Realtime Tracking" (ICIP 2016). Tracks are matched with
 * detections by the overlap with where a Kalman filter expects them, and nothing else. Names and
 * defaults are those of its authors' program.
 *
 * @param maxAge {@code max_age}: frames that a track is kept while it is not seen, 0 or above
 * @param minHits {@code min_hits}: frames in a row, after the first one, in which a track must be
 *     seen to be confirmed, also after it was lost; in so many first frames of a camera tracks are
 *     confirmed at once
 * @param iouThreshold {@code iou_threshold}: least overlap of a track and a detection, 0 to 1
 * @param maxTargetsPerStream {@code maxTargetsPerStream}: as in {@link ByteTrackOptions}
 */
public record SortOptions(int maxAge, int minHits, float iouThreshold, int maxTargetsPerStream)
        implements TrackerOptions {

    /** The defaults. */
    public static final SortOptions DEFAULTS = new SortOptions(1, 3, 0.3f, 150);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public SortOptions {
        OptionChecks.requireFrames("max_age", maxAge);
        OptionChecks.requireRange("min_hits", minHits, 0, TrackSet.MOST_EXAMINED);
        OptionChecks.requireFraction("iou_threshold", iouThreshold);
        OptionChecks.requireTargets(maxTargetsPerStream);
    }

    static SortOptions read(OptionReader from) {
        return new SortOptions(
                from.integer("max_age", DEFAULTS.maxAge),
                from.integer("min_hits", DEFAULTS.minHits),
                from.number("iou_threshold", DEFAULTS.iouThreshold),
                from.integer("maxTargetsPerStream", DEFAULTS.maxTargetsPerStream));
    }

    @Override
    public Tracker newTracker() {
        return new StagedTracker(
                new TrackerRecipe(
                        BoxModel.AREA_AND_ASPECT,
                        Double.NEGATIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        List.of(
                                new AssociationStage(
                                        "all",
                                        EnumSet.allOf(TrackPhase.class),
                                        DetectionPool.HIGH,
                                        true,
                                        Affinities.overlap(),
                                        iouThreshold)),
                        new Lifecycle(maxAge, minHits, minHits, true, true),
                        0,
                        false,
                        1,
                        false,
                        0,
                        maxTargetsPerStream));
    }
}

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
 * OC-SORT: Cao et al., "Observation-Centric SORT: Rethinking SORT for Robust Multi-Object Tracking"
 * (CVPR 2023). SORT with three additions that trust what was seen more than what the filter made
 * up: matching weighs in whether a track keeps its direction (OCM), tracks that are left are looked
 * for where they were seen last (OCR), and one that is found again gets the velocity of the
 * straight way there (ORU). Names and defaults are those of its authors' program.
 *
 * @param detThresh {@code det_thresh}: detections below this score are not used
 * @param maxAge {@code max_age}: frames that a track is kept while it is not seen, 0 or above
 * @param minHits {@code min_hits}: as in {@link SortOptions}
 * @param iouThreshold {@code iou_threshold}: least overlap of a track and a detection, 0 to 1
 * @param deltaT {@code delta_t}: frames over which the direction is measured, 1 to 8
 * @param inertia {@code inertia}: weight of the direction, 0 to 1
 * @param maxTargetsPerStream {@code maxTargetsPerStream}: as in {@link ByteTrackOptions}
 */
public record OcSortOptions(
        float detThresh,
        int maxAge,
        int minHits,
        float iouThreshold,
        int deltaT,
        float inertia,
        int maxTargetsPerStream)
        implements TrackerOptions {

    /** The defaults. */
    public static final OcSortOptions DEFAULTS = new OcSortOptions(0.6f, 30, 3, 0.3f, 3, 0.2f, 150);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public OcSortOptions {
        OptionChecks.requireFraction("det_thresh", detThresh);
        OptionChecks.requireFrames("max_age", maxAge);
        OptionChecks.requireRange("min_hits", minHits, 0, TrackSet.MOST_EXAMINED);
        OptionChecks.requireFraction("iou_threshold", iouThreshold);
        OptionChecks.requireRange("delta_t", deltaT, 1, Path.LONGEST);
        OptionChecks.requireFraction("inertia", inertia);
        OptionChecks.requireTargets(maxTargetsPerStream);
    }

    static OcSortOptions read(OptionReader from) {
        return new OcSortOptions(
                from.number("det_thresh", DEFAULTS.detThresh),
                from.integer("max_age", DEFAULTS.maxAge),
                from.integer("min_hits", DEFAULTS.minHits),
                from.number("iou_threshold", DEFAULTS.iouThreshold),
                from.integer("delta_t", DEFAULTS.deltaT),
                from.number("inertia", DEFAULTS.inertia),
                from.integer("maxTargetsPerStream", DEFAULTS.maxTargetsPerStream));
    }

    @Override
    public Tracker newTracker() {
        return new StagedTracker(
                new TrackerRecipe(
                        BoxModel.AREA_AND_ASPECT,
                        detThresh,
                        detThresh,
                        detThresh,
                        List.of(
                                new AssociationStage(
                                        "expected place",
                                        EnumSet.allOf(TrackPhase.class),
                                        DetectionPool.HIGH,
                                        true,
                                        Affinities.overlapAndDirection(inertia),
                                        iouThreshold),
                                new AssociationStage(
                                        "last place",
                                        EnumSet.allOf(TrackPhase.class),
                                        DetectionPool.HIGH,
                                        false,
                                        Affinities.overlap(),
                                        iouThreshold)),
                        new Lifecycle(maxAge, minHits, minHits, true, true),
                        deltaT,
                        true,
                        1,
                        true,
                        0,
                        maxTargetsPerStream));
    }
}

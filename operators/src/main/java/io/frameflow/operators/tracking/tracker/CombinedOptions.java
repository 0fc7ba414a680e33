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
import java.util.List;
import java.util.Set;

/**
 * The default tracker, made of parts of the published ones: ByteTrack's two pools of detections and
 * its rules of life, SORT's least overlap, OC-SORT's weight of the direction, and BoT-SORT's motion
 * of width and height. {@code docs/tracking.md} says why, and what each part is worth. Thresholds
 * have the defaults of the paper that their part is from.
 *
 * @param trackHighThresh {@code track_high_thresh}: as in {@link ByteTrackOptions}
 * @param trackLowThresh {@code track_low_thresh}: as in {@link ByteTrackOptions}
 * @param newTrackThresh {@code new_track_thresh}: as in {@link ByteTrackOptions}
 * @param trackBuffer {@code track_buffer}: frames that a track is kept while it is not seen, 0 or
 *     above. Twice as long as others', because the least overlap keeps wrong matches away
 * @param iouThreshold {@code iou_threshold}: least overlap of a sure detection with the place where
 *     a track is expected, 0 to 1
 * @param iouThresholdLow {@code iou_threshold_low}: the same for a detection of low score; as
 *     ByteTrack has it
 * @param iouThresholdTentative {@code iou_threshold_tentative}: the same for a tentative track; as
 *     ByteTrack has it
 * @param deltaT {@code delta_t}: as in {@link OcSortOptions}
 * @param inertia {@code inertia}: weight of the direction of a track in sight, 0 to 1
 * @param maxTargetsPerStream {@code maxTargetsPerStream}: as in {@link ByteTrackOptions}
 */
public record CombinedOptions(
        float trackHighThresh,
        float trackLowThresh,
        float newTrackThresh,
        int trackBuffer,
        float iouThreshold,
        float iouThresholdLow,
        float iouThresholdTentative,
        int deltaT,
        float inertia,
        int maxTargetsPerStream)
        implements TrackerOptions {

    /** The defaults. */
    public static final CombinedOptions DEFAULTS =
            new CombinedOptions(0.6f, 0.1f, 0.7f, 60, 0.3f, 0.5f, 0.3f, 3, 0.2f, 150);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public CombinedOptions {
        OptionChecks.requireScores(trackHighThresh, trackLowThresh, newTrackThresh);
        OptionChecks.requireFrames("track_buffer", trackBuffer);
        OptionChecks.requireFraction("iou_threshold", iouThreshold);
        OptionChecks.requireFraction("iou_threshold_low", iouThresholdLow);
        OptionChecks.requireFraction("iou_threshold_tentative", iouThresholdTentative);
        OptionChecks.requireRange("delta_t", deltaT, 1, Path.LONGEST);
        OptionChecks.requireFraction("inertia", inertia);
        OptionChecks.requireTargets(maxTargetsPerStream);
    }

    static CombinedOptions read(OptionReader from) {
        return new CombinedOptions(
                from.number("track_high_thresh", DEFAULTS.trackHighThresh),
                from.number("track_low_thresh", DEFAULTS.trackLowThresh),
                from.number("new_track_thresh", DEFAULTS.newTrackThresh),
                from.integer("track_buffer", DEFAULTS.trackBuffer),
                from.number("iou_threshold", DEFAULTS.iouThreshold),
                from.number("iou_threshold_low", DEFAULTS.iouThresholdLow),
                from.number("iou_threshold_tentative", DEFAULTS.iouThresholdTentative),
                from.integer("delta_t", DEFAULTS.deltaT),
                from.number("inertia", DEFAULTS.inertia),
                from.integer("maxTargetsPerStream", DEFAULTS.maxTargetsPerStream));
    }

    @Override
    public Tracker newTracker() {
        return new StagedTracker(
                new TrackerRecipe(
                        BoxModel.WIDTH_AND_HEIGHT,
                        trackHighThresh,
                        trackLowThresh,
                        newTrackThresh,
                        List.of(
                                new AssociationStage(
                                        "sure detections",
                                        Set.of(TrackPhase.CONFIRMED, TrackPhase.LOST),
                                        DetectionPool.HIGH,
                                        true,
                                        Affinities.overlapFromAndDirection(iouThreshold, inertia),
                                        0),
                                new AssociationStage(
                                        "unsure detections",
                                        Set.of(TrackPhase.CONFIRMED),
                                        DetectionPool.LOW,
                                        true,
                                        Affinities.overlapFrom(iouThresholdLow),
                                        0),
                                new AssociationStage(
                                        "tentative tracks",
                                        Set.of(TrackPhase.TENTATIVE),
                                        DetectionPool.HIGH,
                                        true,
                                        Affinities.overlapFrom(iouThresholdTentative),
                                        0)),
                        new Lifecycle(trackBuffer, 1, 1, false, false),
                        deltaT,
                        false,
                        1,
                        false,
                        0,
                        maxTargetsPerStream));
    }
}

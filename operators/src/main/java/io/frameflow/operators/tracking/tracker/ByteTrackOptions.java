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
 * ByteTrack: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box"
 * (ECCV 2022). Sure detections are matched with all tracks first, then the unsure ones with the
 * tracks in sight that are left: an object that is partly hidden gives a box of low score, which is
 * no reason to lose it. Options have Ultralytics' names, which are widely known, and the authors'
 * defaults.
 *
 * <p>Where the paper leaves a detail open, this follows what its authors' experiments do: a track
 * begins tentative and is confirmed by a detection in the next examined frame, except in the first
 * frame of a camera, where it is confirmed at once; a tentative track without a detection ends; of
 * a track in sight and a lost one that have come to cover the same place, the one that was followed
 * for a shorter time ends.
 *
 * @param trackHighThresh {@code track_high_thresh}: a detection with this score or more can begin
 *     or continue a track
 * @param trackLowThresh {@code track_low_thresh}: a detection with this score or more, but less
 *     than {@code track_high_thresh}, can continue a track; below it is not used
 * @param newTrackThresh {@code new_track_thresh}: a detection needs this score or more to begin a
 *     track
 * @param trackBuffer {@code track_buffer}: frames that a track is kept while it is not seen, 0 or
 *     above
 * @param matchThresh {@code match_thresh}: in the first stage, a track and a detection whose cost
 *     is this or more are not matched; the cost is 1 less overlap, from 0 to 1
 * @param matchThreshLow {@code match_thresh_low}: the same in the stage for detections of low
 *     score. This and the next two have no name in the authors' program, where they are numbers
 * @param matchThreshTentative {@code match_thresh_tentative}: the same in the stage for tentative
 *     tracks
 * @param fuseScore {@code fuse_score}: whether the overlap is weighted by the score, in the stages
 *     for sure detections
 * @param duplicateThresh {@code duplicate_thresh}: a track in sight and a lost one whose cost is
 *     below this cover the same place, 0 to 1; with 0 none do
 * @param maxTargetsPerStream {@code maxTargetsPerStream}, a limit that DeepStream's tracker has as
 *     well: most open tracks of a camera. When there is no room, the track that was lost for
 *     longest leaves; when none is lost, no new one begins
 */
public record ByteTrackOptions(
        float trackHighThresh,
        float trackLowThresh,
        float newTrackThresh,
        int trackBuffer,
        float matchThresh,
        float matchThreshLow,
        float matchThreshTentative,
        boolean fuseScore,
        float duplicateThresh,
        int maxTargetsPerStream)
        implements TrackerOptions {

    /** The defaults. */
    public static final ByteTrackOptions DEFAULTS =
            new ByteTrackOptions(0.6f, 0.1f, 0.7f, 30, 0.9f, 0.5f, 0.7f, true, 0.15f, 150);

    /**
     * The authors' program takes the pixel at the right and lower edge of a box for a part of it
     * when it measures overlap, as some data sets count pixels.
     */
    private static final double INCLUSIVE_EDGE = 1;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public ByteTrackOptions {
        OptionChecks.requireScores(trackHighThresh, trackLowThresh, newTrackThresh);
        OptionChecks.requireFraction("match_thresh", matchThresh);
        OptionChecks.requireFraction("match_thresh_low", matchThreshLow);
        OptionChecks.requireFraction("match_thresh_tentative", matchThreshTentative);
        OptionChecks.requireFraction("duplicate_thresh", duplicateThresh);
        OptionChecks.requireFrames("track_buffer", trackBuffer);
        OptionChecks.requireTargets(maxTargetsPerStream);
    }

    static ByteTrackOptions read(OptionReader from) {
        return new ByteTrackOptions(
                from.number("track_high_thresh", DEFAULTS.trackHighThresh),
                from.number("track_low_thresh", DEFAULTS.trackLowThresh),
                from.number("new_track_thresh", DEFAULTS.newTrackThresh),
                from.integer("track_buffer", DEFAULTS.trackBuffer),
                from.number("match_thresh", DEFAULTS.matchThresh),
                from.number("match_thresh_low", DEFAULTS.matchThreshLow),
                from.number("match_thresh_tentative", DEFAULTS.matchThreshTentative),
                from.flag("fuse_score", DEFAULTS.fuseScore),
                from.number("duplicate_thresh", DEFAULTS.duplicateThresh),
                from.integer("maxTargetsPerStream", DEFAULTS.maxTargetsPerStream));
    }

    @Override
    public Tracker newTracker() {
        return new StagedTracker(
                new TrackerRecipe(
                        BoxModel.ASPECT_AND_HEIGHT,
                        trackHighThresh,
                        trackLowThresh,
                        newTrackThresh,
                        List.of(
                                new AssociationStage(
                                        "sure detections",
                                        Set.of(TrackPhase.CONFIRMED, TrackPhase.LOST),
                                        DetectionPool.HIGH,
                                        true,
                                        sure(matchThresh),
                                        0),
                                new AssociationStage(
                                        "unsure detections",
                                        Set.of(TrackPhase.CONFIRMED),
                                        DetectionPool.LOW,
                                        true,
                                        Affinities.costBelow(matchThreshLow),
                                        0),
                                new AssociationStage(
                                        "tentative tracks",
                                        Set.of(TrackPhase.TENTATIVE),
                                        DetectionPool.HIGH,
                                        true,
                                        sure(matchThreshTentative),
                                        0)),
                        new Lifecycle(trackBuffer, 1, 1, false, false),
                        0,
                        false,
                        1 - duplicateThresh,
                        false,
                        INCLUSIVE_EDGE,
                        maxTargetsPerStream));
    }

    private Affinity sure(double threshold) {
        return fuseScore ? Affinities.fusedCostBelow(threshold) : Affinities.costBelow(threshold);
    }
}

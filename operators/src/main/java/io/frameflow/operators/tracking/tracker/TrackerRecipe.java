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
import java.util.List;

/**
 * What a {@link StagedTracker} is made of.
 *
 * @param motion how boxes move
 * @param highThresh detections of this score or more are in the pool {@link DetectionPool#HIGH}
 * @param lowThresh others of this score or more are in {@link DetectionPool#LOW}
 * @param newTrackThresh of {@link DetectionPool#HIGH}, those of this score or more can begin a
 *     track
 * @param stages rounds of matching, in their order
 * @param lifecycle when tracks are confirmed and when they end
 * @param directionFrames frames over which the direction of a track is measured; 0 if no affinity
 *     asks for it
 * @param isReupdated whether a track that was out of sight and is found again gets the velocity of
 *     the straight way from where it was seen last, instead of what its filter made up meanwhile
 * @param duplicateOverlap of a track in sight and a lost one of the same class that overlap by more
 *     than this, the one that was followed for a shorter time ends; 1 if this never happens
 * @param isObservedReported whether the box of a track in results is the one that was detected, or
 *     the filter's
 * @param edge by how many pixels a box reaches beyond its right and lower edge when overlap is
 *     measured: 1 if these are numbers of pixels that belong to it, 0 if they are coordinates
 * @param maxTargets most open tracks of a camera
 */
record TrackerRecipe(
        BoxModel motion,
        double highThresh,
        double lowThresh,
        double newTrackThresh,
        List<AssociationStage> stages,
        Lifecycle lifecycle,
        int directionFrames,
        boolean isReupdated,
        double duplicateOverlap,
        boolean isObservedReported,
        double edge,
        int maxTargets) {
    TrackerRecipe {
        stages = List.copyOf(stages);
    }

    /**
     * The rules of a track's life.
     *
     * @param maxAge frames that a track is kept while it is not seen
     * @param minHits frames in a row, after the first one, in which a track must be seen to be
     *     confirmed
     * @param openingFrames in so many examined frames of a camera, from the first on, tracks are
     *     confirmed at once
     * @param outlivesMiss whether a track that is not confirmed yet goes on when it is not seen
     * @param isConfirmedAgain whether a track that was lost needs minHits frames again
     */
    record Lifecycle(
            int maxAge,
            int minHits,
            int openingFrames,
            boolean outlivesMiss,
            boolean isConfirmedAgain) {}
}

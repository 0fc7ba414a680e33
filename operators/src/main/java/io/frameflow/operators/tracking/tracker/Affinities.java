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

/** The affinities of the published trackers. */
final class Affinities {
    private Affinities() {}

    /** A pair of no worth is still made where nothing better is left for the two. */
    private static final double ALMOST_NONE = 1e-12;

    /** SORT's: the overlap. */
    static Affinity overlap() {
        return pair -> Math.max(ALMOST_NONE, pair.overlap());
    }

    /**
     * The overlap of boxes that overlap enough; others are not matched.
     *
     * @param iouThreshold least overlap, 0 to 1
     */
    static Affinity overlapFrom(double iouThreshold) {
        return pair ->
                pair.overlap() >= iouThreshold
                        ? Math.max(ALMOST_NONE, pair.overlap())
                        : Affinity.NONE;
    }

    /**
     * ByteTrack's: how far the cost, 1 less the overlap, stays below a limit.
     *
     * @param matchThresh pairs of this cost or more are not matched, 0 to 1
     */
    static Affinity costBelow(double matchThresh) {
        return pair -> matchThresh - (1 - pair.overlap());
    }

    /**
     * The same with the overlap weighted by the confidence of the detection, so that of two boxes
     * that fit alike the surer one is taken. ByteTrack's {@code fuse_score}.
     */
    static Affinity fusedCostBelow(double matchThresh) {
        return pair -> matchThresh - (1 - pair.overlap() * pair.score());
    }

    /**
     * OC-SORT's: the overlap, and how well the way to the detection goes on in the direction that
     * the track has come from.
     *
     * @param inertia weight of the direction
     */
    static Affinity overlapAndDirection(double inertia) {
        return pair ->
                Math.max(ALMOST_NONE, pair.overlap() + inertia * pair.score() * pair.consistency());
    }

    /**
     * The same for boxes that overlap enough; others are not matched. The direction counts for
     * tracks in sight only: who was hidden may have turned.
     *
     * @param iouThreshold least overlap, 0 to 1
     * @param inertia weight of the direction
     */
    static Affinity overlapFromAndDirection(double iouThreshold, double inertia) {
        Affinity inSight = overlapAndDirection(inertia);
        Affinity hidden = overlap();
        return pair -> {
            if (pair.overlap() < iouThreshold) {
                return Affinity.NONE;
            }
            return pair.isInSight() ? inSight.of(pair) : hidden.of(pair);
        };
    }
}

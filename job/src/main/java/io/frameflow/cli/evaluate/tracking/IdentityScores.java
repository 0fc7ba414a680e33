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
package io.frameflow.cli.evaluate.tracking;

import java.util.List;

/**
 * Identity figures: Ristani et al., "Performance Measures and a Data Set for Multi-Target,
 * Multi-Camera Tracking" (2016). Each object is given one track for the whole sequence, such that
 * most boxes are right.
 *
 * @param found boxes of objects where their track follows them (IDTP)
 * @param missed boxes of objects where it does not (IDFN)
 * @param wrong boxes of tracks that do not follow their object (IDFP)
 */
record IdentityScores(int found, int missed, int wrong) {

    /** The scores of a sequence; pairs below the threshold of overlap are none. */
    static IdentityScores of(Sequence sequence, double threshold) {
        int tracks = sequence.tracks();
        int[] shared = new int[sequence.objects() * tracks];
        for (Frame frame : sequence.frames()) {
            for (int row = 0; row < frame.objectCount(); row++) {
                for (int column = 0; column < frame.trackCount(); column++) {
                    if (frame.overlap(row, column) >= threshold) {
                        shared[frame.object(row) * tracks + frame.track(column)]++;
                    }
                }
            }
        }
        Matching matching = new Matching();
        matching.solve(sequence.objects(), tracks, (row, column) -> shared[row * tracks + column]);
        int found = 0;
        for (int object = 0; object < sequence.objects(); object++) {
            int track = matching.columnOf(object);
            found += track == Matching.NONE ? 0 : shared[object * tracks + track];
        }
        return new IdentityScores(
                found, sequence.objectBoxes() - found, sequence.trackBoxes() - found);
    }

    /** The scores of several sequences together. */
    static IdentityScores combine(List<IdentityScores> parts) {
        return parts.stream()
                .reduce(
                        new IdentityScores(0, 0, 0),
                        (a, b) ->
                                new IdentityScores(
                                        a.found + b.found, a.missed + b.missed, a.wrong + b.wrong));
    }

    double recall() {
        return found / Math.max(1.0, found + missed);
    }

    double precision() {
        return found / Math.max(1.0, found + wrong);
    }

    double f1() {
        return found / Math.max(1.0, found + 0.5 * missed + 0.5 * wrong);
    }
}

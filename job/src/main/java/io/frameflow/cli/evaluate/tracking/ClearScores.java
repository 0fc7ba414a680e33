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

import java.util.Arrays;
import java.util.List;

/**
 * CLEAR MOT: Bernardin and Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The
 * CLEAR MOT Metrics" (2008), with the classes of Li et al. (CVPR 2009): objects mostly tracked,
 * partly tracked, mostly lost.
 *
 * @param found boxes of objects that a track follows (CLR_TP)
 * @param missed boxes of objects that none follows (CLR_FN)
 * @param wrong boxes of tracks that follow nothing (CLR_FP)
 * @param switches times that an object went over to another track (IDSW)
 * @param fragments times that an object was found again after it was lost (Frag)
 * @param mostlyTracked objects found in more than 80 % of their frames (MT)
 * @param partlyTracked objects between the two (PT)
 * @param mostlyLost objects found in less than 20 % of their frames (ML)
 * @param overlap sum of the overlaps of all pairs (MOTP_sum)
 * @param frames frames of the sequences that have both objects and tracks (CLR_Frames)
 */
record ClearScores(
        int found,
        int missed,
        int wrong,
        int switches,
        int fragments,
        int mostlyTracked,
        int partlyTracked,
        int mostlyLost,
        double overlap,
        int frames) {

    /** The scores of a sequence; pairs below the threshold of overlap are none. */
    static ClearScores of(Sequence sequence, double threshold) {
        if (sequence.objects() == 0 || sequence.tracks() == 0) {
            return new ClearScores(
                    0,
                    sequence.objectBoxes(),
                    sequence.trackBoxes(),
                    0,
                    0,
                    0,
                    0,
                    sequence.objects(),
                    0,
                    0);
        }
        Count count = new Count(sequence, threshold);
        sequence.frames().forEach(count::add);
        return count.scores();
    }

    /** The scores of several sequences together. */
    static ClearScores combine(List<ClearScores> parts) {
        return parts.stream()
                .reduce(new ClearScores(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), ClearScores::plus);
    }

    private ClearScores plus(ClearScores other) {
        return new ClearScores(
                found + other.found,
                missed + other.missed,
                wrong + other.wrong,
                switches + other.switches,
                fragments + other.fragments,
                mostlyTracked + other.mostlyTracked,
                partlyTracked + other.partlyTracked,
                mostlyLost + other.mostlyLost,
                overlap + other.overlap,
                frames + other.frames);
    }

    double mota() {
        return (found - wrong - switches) / objectBoxes();
    }

    double motp() {
        return overlap / Math.max(1, found);
    }

    double moda() {
        return (found - wrong) / objectBoxes();
    }

    /** MOTA with the overlap of each pair in place of 1. */
    double softMota() {
        return (overlap - wrong - switches) / objectBoxes();
    }

    /** MOTA with the logarithm of the switches. */
    double motal() {
        double damped = switches > 0 ? Math.log10(switches) : 0;
        return (found - wrong - damped) / objectBoxes();
    }

    double recall() {
        return found / objectBoxes();
    }

    double precision() {
        return found / Math.max(1.0, found + wrong);
    }

    double f1() {
        return found / Math.max(1.0, found + 0.5 * missed + 0.5 * wrong);
    }

    double wrongPerFrame() {
        return wrong / Math.max(1.0, frames);
    }

    double mostlyTrackedShare() {
        return mostlyTracked / objects();
    }

    double partlyTrackedShare() {
        return partlyTracked / objects();
    }

    double mostlyLostShare() {
        return mostlyLost / objects();
    }

    private double objectBoxes() {
        return Math.max(1.0, found + missed);
    }

    private double objects() {
        return Math.max(1.0, mostlyTracked + partlyTracked + mostlyLost);
    }

    /** Goes through the frames. */
    private static final class Count {
        private static final int NO_TRACK = -1;

        /** Outweighs any overlap: who follows an object goes on with it while it can. */
        private static final double SAME_AS_BEFORE = 1000;

        private static final double MOSTLY_TRACKED = 0.8;
        private static final double MOSTLY_LOST = 0.2;

        private final Sequence sequence;
        private final double threshold;
        private final Matching matching = new Matching();

        /** The track that followed each object last, and in the frame before. */
        private final int[] lastTrack;

        private int[] followedBy;
        private int[] followedByNow;
        private final int[] boxes;
        private final int[] followed;
        private final int[] beginnings;
        private int found;
        private int missed;
        private int wrong;
        private int switches;
        private double overlap;

        Count(Sequence sequence, double threshold) {
            this.sequence = sequence;
            this.threshold = threshold;
            lastTrack = new int[sequence.objects()];
            followedBy = new int[sequence.objects()];
            followedByNow = new int[sequence.objects()];
            boxes = new int[sequence.objects()];
            followed = new int[sequence.objects()];
            beginnings = new int[sequence.objects()];
            Arrays.fill(lastTrack, NO_TRACK);
            Arrays.fill(followedBy, NO_TRACK);
        }

        void add(Frame frame) {
            for (int row = 0; row < frame.objectCount(); row++) {
                boxes[frame.object(row)]++;
            }
            // A frame in which one side is empty does not end what was followed before it.
            if (frame.objectCount() > 0 && frame.trackCount() > 0) {
                match(frame);
            } else {
                missed += frame.objectCount();
                wrong += frame.trackCount();
            }
        }

        private void match(Frame frame) {
            matching.solve(
                    frame.objectCount(),
                    frame.trackCount(),
                    (row, column) -> score(frame, row, column));
            Arrays.fill(followedByNow, NO_TRACK);
            int made = 0;
            for (int row = 0; row < frame.objectCount(); row++) {
                int column = matching.columnOf(row);
                if (column != Matching.NONE) {
                    made++;
                    overlap += frame.overlap(row, column);
                    follow(frame.object(row), frame.track(column));
                }
            }
            found += made;
            missed += frame.objectCount() - made;
            wrong += frame.trackCount() - made;
            int[] before = followedBy;
            followedBy = followedByNow;
            followedByNow = before;
        }

        private double score(Frame frame, int row, int column) {
            double overlapOfPair = frame.overlap(row, column);
            if (overlapOfPair < threshold - Matching.EPSILON) {
                return 0;
            }
            boolean isSame = followedBy[frame.object(row)] == frame.track(column);
            return isSame ? SAME_AS_BEFORE + overlapOfPair : overlapOfPair;
        }

        private void follow(int object, int track) {
            if (lastTrack[object] != NO_TRACK && lastTrack[object] != track) {
                switches++;
            }
            if (followedBy[object] == NO_TRACK) {
                beginnings[object]++;
            }
            followed[object]++;
            lastTrack[object] = track;
            followedByNow[object] = track;
        }

        ClearScores scores() {
            int mostlyTracked = 0;
            int atLeastPartly = 0;
            int fragments = 0;
            for (int object = 0; object < boxes.length; object++) {
                double share = (double) followed[object] / boxes[object];
                mostlyTracked += share > MOSTLY_TRACKED ? 1 : 0;
                atLeastPartly += share >= MOSTLY_LOST ? 1 : 0;
                fragments += Math.max(0, beginnings[object] - 1);
            }
            return new ClearScores(
                    found,
                    missed,
                    wrong,
                    switches,
                    fragments,
                    mostlyTracked,
                    atLeastPartly - mostlyTracked,
                    sequence.objects() - atLeastPartly,
                    overlap,
                    sequence.frames().size());
        }
    }
}

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
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * HOTA: Luiten et al., "HOTA: A Higher Order Metric for Evaluating Multi-Object Tracking" (IJCV
 * 2021). It balances how well objects are found (DetA) with how well they keep their tracks (AssA),
 * averaged over thresholds of overlap from 0.05 to 0.95.
 */
final class HotaScores {
    /** Number of thresholds. */
    private static final int ALPHAS = 19;

    private static final double ALPHA_STEP = 0.05;

    /** Stands for 0 where it would be divided by; then the location is as good as can be. */
    private static final double ALMOST_NOTHING = 1e-10;

    private final double[] found = new double[ALPHAS];
    private final double[] missed = new double[ALPHAS];
    private final double[] wrong = new double[ALPHAS];

    /** Sums over all pairs that were made, at each threshold. */
    private final double[] overlap = new double[ALPHAS];

    private final double[] association = new double[ALPHAS];
    private final double[] associationRecall = new double[ALPHAS];
    private final double[] associationPrecision = new double[ALPHAS];

    private HotaScores() {}

    /** The scores of a sequence. */
    static HotaScores of(Sequence sequence) {
        HotaScores scores = new HotaScores();
        Alignment alignment = new Alignment(sequence);
        Matching matching = new Matching();
        int[][] pairs = new int[ALPHAS][sequence.objects() * sequence.tracks()];
        for (Frame frame : sequence.frames()) {
            matching.solve(
                    frame.objectCount(),
                    frame.trackCount(),
                    (row, column) ->
                            alignment.score(frame.object(row), frame.track(column))
                                    * frame.overlap(row, column));
            for (int alpha = 0; alpha < ALPHAS; alpha++) {
                scores.add(alpha, frame, matching, pairs[alpha], sequence.tracks());
            }
        }
        for (int alpha = 0; alpha < ALPHAS; alpha++) {
            scores.associate(alpha, pairs[alpha], alignment);
        }
        return scores;
    }

    /** The scores of several sequences together, as if they were one. */
    static HotaScores combine(List<HotaScores> parts) {
        HotaScores whole = new HotaScores();
        for (HotaScores part : parts) {
            add(whole.found, part.found);
            add(whole.missed, part.missed);
            add(whole.wrong, part.wrong);
            add(whole.overlap, part.overlap);
            add(whole.association, part.association);
            add(whole.associationRecall, part.associationRecall);
            add(whole.associationPrecision, part.associationPrecision);
        }
        return whole;
    }

    private void add(int alpha, Frame frame, Matching matching, int[] pairs, int tracks) {
        int made = 0;
        for (int row = 0; row < frame.objectCount(); row++) {
            int column = matching.columnOf(row);
            if (column == Matching.NONE) {
                continue;
            }
            double overlapOfPair = frame.overlap(row, column);
            if (overlapOfPair >= alphaAt(alpha) - Matching.EPSILON) {
                made++;
                overlap[alpha] += overlapOfPair;
                pairs[frame.object(row) * tracks + frame.track(column)]++;
            }
        }
        found[alpha] += made;
        missed[alpha] += frame.objectCount() - made;
        wrong[alpha] += frame.trackCount() - made;
    }

    private static double alphaAt(int alpha) {
        return ALPHA_STEP + ALPHA_STEP * alpha;
    }

    private void associate(int alpha, int[] pairs, Alignment alignment) {
        for (int i = 0; i < pairs.length; i++) {
            double count = pairs[i];
            if (count > 0) {
                int object = alignment.objectBoxes(i / alignment.tracks());
                int track = alignment.trackBoxes(i % alignment.tracks());
                association[alpha] += count * count / (object + track - count);
                associationRecall[alpha] += count * count / object;
                associationPrecision[alpha] += count * count / track;
            }
        }
    }

    private static void add(double[] to, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    double hota() {
        return mean(i -> Math.sqrt(detection(i) * share(association, i)));
    }

    double detA() {
        return mean(this::detection);
    }

    double assA() {
        return mean(i -> share(association, i));
    }

    double detRe() {
        return mean(this::detectionRecall);
    }

    double detPr() {
        return mean(i -> found[i] / Math.max(1, found[i] + wrong[i]));
    }

    double assRe() {
        return mean(i -> share(associationRecall, i));
    }

    double assPr() {
        return mean(i -> share(associationPrecision, i));
    }

    double locA() {
        return mean(this::location);
    }

    double owta() {
        return mean(i -> Math.sqrt(detectionRecall(i) * share(association, i)));
    }

    /** HOTA at the lowest threshold. */
    double hotaAtLowest() {
        return Math.sqrt(detection(0) * share(association, 0));
    }

    /** LocA at the lowest threshold. */
    double locAAtLowest() {
        return location(0);
    }

    private double detection(int alpha) {
        return found[alpha] / Math.max(1, found[alpha] + missed[alpha] + wrong[alpha]);
    }

    private double detectionRecall(int alpha) {
        return found[alpha] / Math.max(1, found[alpha] + missed[alpha]);
    }

    private double share(double[] sums, int alpha) {
        return sums[alpha] / Math.max(1, found[alpha]);
    }

    private double location(int alpha) {
        return Math.max(ALMOST_NOTHING, overlap[alpha]) / Math.max(ALMOST_NOTHING, found[alpha]);
    }

    private static double mean(IntToDoubleFunction valueAt) {
        return IntStream.range(0, ALPHAS).mapToDouble(valueAt).average().orElseThrow();
    }
}

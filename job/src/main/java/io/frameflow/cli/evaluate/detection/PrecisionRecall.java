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
package io.frameflow.cli.evaluate.detection;

import io.frameflow.cli.evaluate.detection.ImageMatching.Outcome;
import io.frameflow.cli.evaluate.detection.ImageMatching.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Precision and recall of one category over all images, for objects of some sizes and so many
 * results an image: at each threshold the recall that is reached, and the mean of the precision at
 * 101 recalls from 0 to 1. The precision at a recall is the best one at that recall or more.
 */
final class PrecisionRecall {
    private static final int RECALLS = 101;

    /** As NumPy's linspace has it: a product and not a quotient, which differs in the last bit. */
    private static final double RECALL_STEP = 0.01;

    private final double[] averagePrecisions;
    private final double[] recalls;

    private PrecisionRecall(double[] averagePrecisions, double[] recalls) {
        this.averagePrecisions = averagePrecisions;
        this.recalls = recalls;
    }

    /** A result of some image. */
    private record Ranked(double score, Outcome image, int place) {}

    /**
     * Ranks the results of all images.
     *
     * @param images outcome of each image, in the order of their ids
     * @param mostResults results an image that count, the best ones
     * @param thresholds number of thresholds
     */
    static PrecisionRecall of(List<Outcome> images, int mostResults, int thresholds) {
        int objects = 0;
        List<Ranked> ranking = new ArrayList<>();
        for (Outcome image : images) {
            objects += image.countingObjects();
            int count = Math.min(mostResults, image.scores().size());
            for (int place = 0; place < count; place++) {
                ranking.add(new Ranked(image.scores().get(place), image, place));
            }
        }
        ranking.sort(Comparator.comparingDouble(Ranked::score).reversed());
        double[] precisions = new double[thresholds];
        double[] recalls = new double[thresholds];
        for (int t = 0; t < thresholds; t++) {
            List<Verdict> verdicts = new ArrayList<>(ranking.size());
            for (Ranked ranked : ranking) {
                verdicts.add(ranked.image().verdicts().get(t).get(ranked.place()));
            }
            measure(verdicts, objects, t, precisions, recalls);
        }
        return new PrecisionRecall(precisions, recalls);
    }

    private static void measure(
            List<Verdict> verdicts, int objects, int t, double[] precisions, double[] recalls) {
        if (objects == 0) {
            precisions[t] = Double.NaN;
            recalls[t] = Double.NaN;
            return;
        }
        double[] precision = new double[verdicts.size()];
        double[] recall = new double[verdicts.size()];
        int right = 0;
        int wrong = 0;
        for (int i = 0; i < precision.length; i++) {
            right += verdicts.get(i) == Verdict.RIGHT ? 1 : 0;
            wrong += verdicts.get(i) == Verdict.WRONG ? 1 : 0;
            precision[i] = right == 0 ? 0 : (double) right / (right + wrong);
            recall[i] = (double) right / objects;
        }
        for (int i = precision.length - 2; i >= 0; i--) {
            precision[i] = Math.max(precision[i], precision[i + 1]);
        }
        recalls[t] = (double) right / objects;
        precisions[t] = averagePrecision(precision, recall);
    }

    private static double averagePrecision(double[] precision, double[] recall) {
        double sum = 0;
        int at = 0;
        for (int i = 0; i < RECALLS; i++) {
            while (at < recall.length && recall[at] < i * RECALL_STEP) {
                at++;
            }
            sum += at < recall.length ? precision[at] : 0;
        }
        return sum / RECALLS;
    }

    /** Whether there are objects to be found, without which there are no figures. */
    boolean isDefined() {
        return !Double.isNaN(recalls[0]);
    }

    /** Mean of the average precision over all thresholds, 0 to 1. */
    double averagePrecision() {
        return Arrays.stream(averagePrecisions).average().orElse(Double.NaN);
    }

    /** Average precision at one threshold, 0 to 1. */
    double averagePrecision(int threshold) {
        return averagePrecisions[threshold];
    }

    /** Mean of the recall over all thresholds, 0 to 1. */
    double recall() {
        return Arrays.stream(recalls).average().orElse(Double.NaN);
    }

    /** Recall at one threshold, 0 to 1. */
    double recall(int threshold) {
        return recalls[threshold];
    }
}

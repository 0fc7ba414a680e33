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
package io.frameflow.cli.evaluate.segmentation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How many pixels of each class were taken for which one. Pixels whose true class is not judged do
 * not count; pixels taken for a class that is not judged are missed.
 */
final class ConfusionMatrix {
    private static final int CLASSES = CityscapesClass.values().length;

    /** Stands for classes that are not judged. */
    static final int OTHER = CLASSES;

    private final long[][] pixels = new long[CLASSES][CLASSES + 1];

    /**
     * Adds a picture.
     *
     * @param truth true class of each pixel, or {@link #OTHER}
     * @param result class that each pixel was taken for, or {@link #OTHER}
     */
    void add(int[] truth, int[] result) {
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] != OTHER) {
                pixels[truth[i]][result[i]]++;
            }
        }
    }

    /** Pixels that are judged. */
    long judged() {
        long sum = 0;
        for (long[] row : pixels) {
            for (long count : row) {
                sum += count;
            }
        }
        return sum;
    }

    /**
     * Intersection over union of some classes taken as one: pixels that are of them and were taken
     * for one of them, over pixels for which either holds.
     *
     * @return 0 to 1; empty if there are no such pixels
     */
    OptionalDouble intersectionOverUnion(List<CityscapesClass> classes) {
        boolean[] among = new boolean[CLASSES + 1];
        classes.forEach(one -> among[one.trainingId()] = true);
        long intersection = 0;
        long union = 0;
        for (int truth = 0; truth < CLASSES; truth++) {
            for (int result = 0; result <= CLASSES; result++) {
                long count = pixels[truth][result];
                intersection += among[truth] && among[result] ? count : 0;
                union += among[truth] || among[result] ? count : 0;
            }
        }
        return union == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) intersection / union);
    }
}

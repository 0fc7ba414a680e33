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
package io.frameflow.cli.evaluate.accuracy;

import io.frameflow.result.ClassMap;

/** Intersection over union of classes between class maps of the same pictures. */
final class ClassMapScores {
    private final long[] both = new long[ClassMap.MOST_CLASSES];
    private final long[] expected = new long[ClassMap.MOST_CLASSES];
    private final long[] found = new long[ClassMap.MOST_CLASSES];
    private long pixels;

    /**
     * Adds a picture.
     *
     * @param truth what is taken as right
     * @param result what is judged
     * @throws IllegalArgumentException if the maps have different sizes
     */
    void add(ClassMap truth, ClassMap result) {
        if (truth.width() != result.width() || truth.height() != result.height()) {
            throw new IllegalArgumentException(
                    "class maps of %d x %d and %d x %d pixels"
                            .formatted(
                                    truth.width(),
                                    truth.height(),
                                    result.width(),
                                    result.height()));
        }
        byte[] right = truth.classIds();
        byte[] judged = result.classIds();
        pixels += right.length;
        for (int i = 0; i < right.length; i++) {
            expected[right[i] & 0xff]++;
            found[judged[i] & 0xff]++;
            if (right[i] == judged[i]) {
                both[right[i] & 0xff]++;
            }
        }
    }

    /** Adds a picture for which there is no result: all of it is missed. */
    void addMissed(ClassMap truth) {
        for (byte right : truth.classIds()) {
            expected[right & 0xff]++;
            pixels++;
        }
    }

    boolean isEmpty() {
        return pixels == 0;
    }

    /** Pixels of the same class on both sides, in percent. */
    double equalPixels() {
        long equal = 0;
        for (long count : both) {
            equal += count;
        }
        return 100.0 * equal / pixels;
    }

    /** Mean over the classes that occur in the truth, in percent. */
    double meanIntersectionOverUnion() {
        double sum = 0;
        int classes = 0;
        for (int i = 0; i < both.length; i++) {
            if (expected[i] > 0) {
                sum += intersectionOverUnion(i);
                classes++;
            }
        }
        return 100 * sum / classes;
    }

    /**
     * Mean over the classes, each with the weight of its pixels in the truth, in percent: the
     * frequency weighted IU of Long, Shelhamer and Darrell, Fully Convolutional Networks (2015).
     */
    double weightedIntersectionOverUnion() {
        double sum = 0;
        for (int i = 0; i < both.length; i++) {
            if (expected[i] > 0) {
                sum += expected[i] * intersectionOverUnion(i);
            }
        }
        return 100 * sum / pixels;
    }

    private double intersectionOverUnion(int classId) {
        long union = expected[classId] + found[classId] - both[classId];
        return (double) both[classId] / union;
    }
}

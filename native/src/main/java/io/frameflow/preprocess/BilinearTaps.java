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
package io.frameflow.preprocess;

/**
 * For each position along one axis of a scaled picture, its two neighbours in the source and their
 * weights, as OpenCV's {@code resize} has them for INTER_LINEAR and 8-bit pictures:
 *
 * <pre>
 * position = (float) ((target + 0.5) * scale - 0.5),  scale = 1 / (targetSize / sourceSize)
 * index    = floor(position)
 * weights  = round(2048 * (1 - (position - index))), round(2048 * (position - index))
 * </pre>
 *
 * with ties to even. Neighbours beyond the edge are the pixel at the edge. They keep their weights
 * nevertheless: the vertical sum truncates each of its terms, and would differ by 1 otherwise.
 */
final class BilinearTaps {
    private static final float ONE = 2048;

    private final int sourceSize;
    private final int targetSize;
    private final int[] first;
    private final int[] second;
    private final float[] fractions;
    private final int[] firstWeights;
    private final int[] secondWeights;

    BilinearTaps(int sourceSize, int targetSize) {
        this.sourceSize = sourceSize;
        this.targetSize = targetSize;
        first = new int[targetSize];
        second = new int[targetSize];
        fractions = new float[targetSize];
        firstWeights = new int[targetSize];
        secondWeights = new int[targetSize];
        double scale = 1 / ((double) targetSize / sourceSize);
        int last = sourceSize - 1;
        for (int target = 0; target < targetSize; target++) {
            float position = (float) ((target + 0.5) * scale - 0.5);
            int index = (int) Math.floor(position);
            float fraction = position - index;
            first[target] = Math.max(0, Math.min(last, index));
            second[target] = Math.max(0, Math.min(last, index + 1));
            fractions[target] = fraction;
            firstWeights[target] = (int) Math.rint((1 - fraction) * ONE);
            secondWeights[target] = (int) Math.rint(fraction * ONE);
        }
    }

    boolean fits(int source, int target) {
        return sourceSize == source && targetSize == target;
    }

    /** Positions along the axis. */
    int size() {
        return targetSize;
    }

    /** Index in the source of the first neighbour. */
    int first(int target) {
        return first[target];
    }

    /** Index in the source of the second neighbour. */
    int second(int target) {
        return second[target];
    }

    /** How far the position lies from the first neighbour to the second, 0 to 1. */
    float fraction(int target) {
        return fractions[target];
    }

    /** Weight of the first neighbour in 2048ths. */
    int firstWeight(int target) {
        return firstWeights[target];
    }

    /** Weight of the second neighbour in 2048ths. */
    int secondWeight(int target) {
        return secondWeights[target];
    }
}

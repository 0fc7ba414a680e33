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
 * For each position along one axis of a scaled picture, the two neighbours in the source and the
 * weight of the second, with half-pixel centres and weights in 2048ths, as OpenCV's INTER_LINEAR
 * has them for 8-bit pictures. Beyond the outermost centres the outermost pixel counts alone.
 */
final class BilinearTaps {
    /** Weights of the two neighbours add up to this. */
    static final int ONE = 2048;

    private final int sourceSize;
    private final int targetSize;
    private final int[] first;
    private final int[] second;
    private final int[] weights;

    BilinearTaps(int sourceSize, int targetSize) {
        this.sourceSize = sourceSize;
        this.targetSize = targetSize;
        first = new int[targetSize];
        second = new int[targetSize];
        weights = new int[targetSize];
        double ratio = (double) sourceSize / targetSize;
        for (int target = 0; target < targetSize; target++) {
            float position = (float) ((target + 0.5) * ratio - 0.5);
            int index = (int) Math.floor(position);
            boolean between = index >= 0 && index < sourceSize - 1;
            first[target] = Math.max(0, Math.min(sourceSize - 1, index));
            second[target] = Math.min(sourceSize - 1, first[target] + 1);
            weights[target] = between ? (int) Math.rint((position - index) * ONE) : 0;
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

    /** Weight of the second neighbour, 0 to 2048. */
    int weight(int target) {
        return weights[target];
    }
}

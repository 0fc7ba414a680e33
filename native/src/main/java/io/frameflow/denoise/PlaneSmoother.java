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
package io.frameflow.denoise;

/**
 * What is seen of a sample where something moves: a mean with the 3 x 3 samples of its plane around
 * it, of which each counts the less the more it differs, and from some difference on not at all.
 * The weights of eight are taken as their sum, so that what a neighbour loses the sample itself
 * gains. In half precision, in this order of operations.
 */
final class PlaneSmoother {
    private static final double EIGHTH = 0.125;

    private final byte[] plane;
    private final int lastColumn;
    private final int lastRow;
    private final double falloff;

    /**
     * For a plane.
     *
     * @param falloff what a weight loses with a level of difference, in half precision
     */
    PlaneSmoother(byte[] plane, int columns, int rows, double falloff) {
        this.plane = plane;
        this.lastColumn = columns - 1;
        this.lastRow = rows - 1;
        this.falloff = falloff;
    }

    /** The sample as it came. */
    int sample(int x, int y) {
        int column = Math.max(0, Math.min(lastColumn, x));
        int row = Math.max(0, Math.min(lastRow, y));
        return plane[row * (lastColumn + 1) + column] & 0xFF;
    }

    /**
     * The level to be seen.
     *
     * @param mean level of the mean over time
     * @param share of the mean over space, in 256ths
     */
    byte seen(int x, int y, int mean, int share) {
        if (share == 0) {
            return (byte) mean;
        }
        int centre = sample(x, y);
        double difference =
                Half.fma(weightedDifferences(x, y, centre), EIGHTH, (double) (centre - mean));
        // With 1024 more, a number in half precision has no bits behind the point.
        return (byte) ((int) Half.fma(difference, share / 256.0, 1024.0 + mean) - 1024);
    }

    private double weightedDifferences(int x, int y, int centre) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                double difference = sample(x + dx, y + dy) - centre;
                double weight = Half.fma(Math.abs(difference), -falloff, 1);
                sum = Half.fma(difference, Math.max(0, weight), sum);
            }
        }
        return sum;
    }
}

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
 * A bilateral filter of 3 x 3 pixels: a neighbour counts the less the more its colour differs, by
 * the sum over the channels, and from some difference on not at all. Its weight falls linearly from
 * 28, which lets two channels be summed in one number.
 */
final class SpatialFilter {
    private static final int CENTRE_WEIGHT = 28;
    private static final float ONE = 1048576f;

    private SpatialFilter() {}

    /**
     * The filtered pixel.
     *
     * @param above row above, packed pixels; the row itself at the upper edge
     * @param row row of the pixel
     * @param below row below; the row itself at the lower edge
     * @return red, green, blue from the lowest byte on
     */
    static int filter(int[] above, int[] row, int[] below, int x, int width, int falloff) {
        int left = Math.max(0, x - 1);
        int right = Math.min(width - 1, x + 1);
        int centre = row[x];
        long sums = CENTRE_WEIGHT * spread(centre);
        sums += term(above[left], centre, falloff);
        sums += term(above[x], centre, falloff);
        sums += term(above[right], centre, falloff);
        sums += term(row[left], centre, falloff);
        sums += term(row[right], centre, falloff);
        sums += term(below[left], centre, falloff);
        sums += term(below[x], centre, falloff);
        sums += term(below[right], centre, falloff);
        int reciprocal = (int) (ONE / (float) (sums >>> 48));
        return mean(sums, reciprocal)
                | (mean(sums >>> 16, reciprocal) << 8)
                | (mean(sums >>> 32, reciprocal) << 16);
    }

    /** Channels 16 bits apart, with a 1 above them for the sum of weights. */
    private static long spread(int pixel) {
        return (pixel & 0xFF) | ((pixel & 0xFF00L) << 8) | ((pixel & 0xFF0000L) << 16) | (1L << 48);
    }

    private static long term(int pixel, int centre, int falloff) {
        int difference =
                Math.abs((pixel & 0xFF) - (centre & 0xFF))
                        + Math.abs(((pixel >> 8) & 0xFF) - ((centre >> 8) & 0xFF))
                        + Math.abs((pixel >> 16) - (centre >> 16));
        int weight = CENTRE_WEIGHT - ((difference * falloff) >> 16);
        return weight <= 0 ? 0 : weight * spread(pixel);
    }

    private static int mean(long sum, int reciprocal) {
        return ((int) (sum & 0xFFFF) * reciprocal + (1 << 19)) >> 20;
    }
}

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
package io.frameflow.encode;

/**
 * How much of each source pixel goes into each target pixel along one axis, when a picture is made
 * smaller: the part of the target pixel that it covers.
 */
final class AreaTaps {
    /** The weights of a target pixel add up to this. */
    static final int ONE = 1 << 10;

    private final int[] first;
    private final int[][] weights;

    /**
     * Taps for an axis.
     *
     * @param source pixels of the source, at least {@code target}
     * @param target pixels of the target, at least 1
     */
    AreaTaps(int source, int target) {
        if (target < 1 || source < target) {
            throw new IllegalArgumentException(source + " pixels to " + target);
        }
        first = new int[target];
        weights = new int[target][];
        for (int pixel = 0; pixel < target; pixel++) {
            // In units of 1 / target of a source pixel, so that everything is an integer.
            long begin = (long) pixel * source;
            long end = begin + source;
            first[pixel] = (int) (begin / target);
            int last = (int) ((end - 1) / target);
            weights[pixel] = weights(begin, end, first[pixel], last, target);
        }
    }

    private static int[] weights(long begin, long end, int first, int last, int target) {
        int[] taps = new int[last - first + 1];
        int left = ONE;
        for (int tap = 0; tap < taps.length - 1; tap++) {
            long pixelBegin = (long) (first + tap) * target;
            long covered = Math.min(end, pixelBegin + target) - Math.max(begin, pixelBegin);
            taps[tap] = (int) (covered * ONE / (end - begin));
            left -= taps[tap];
        }
        // What rounding left over goes into the last one, so that a plain area stays as it is.
        taps[taps.length - 1] = left;
        return taps;
    }

    /** The first source pixel of a target pixel. */
    int first(int pixel) {
        return first[pixel];
    }

    /** Weights of the source pixels from {@link #first} on. Not to be changed. */
    int[] weights(int pixel) {
        return weights[pixel];
    }
}

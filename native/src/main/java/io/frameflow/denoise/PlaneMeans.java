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
 * Means of samples over time, 16 bits each: 8 of them behind the point, and half a level more than
 * they say, so that the upper 8 bits are the mean rounded. The two lowest bits of the first pixel
 * of each block of 2 x 2 hold its age instead.
 */
final class PlaneMeans {
    private static final int HALF_LEVEL = 128;
    private static final int AGE_MASK = 3;

    private PlaneMeans() {}

    /**
     * The mean with another sample.
     *
     * @param weight of the sample, 1 to 256 in 256ths
     */
    static char updated(char mean, int sample, int weight) {
        int rest = (mean * (256 - weight) + HALF_LEVEL * weight + 128) >> 8;
        return (char) (rest + sample * weight);
    }

    /** The mean rounded. */
    static int level(char mean) {
        return mean >> 8;
    }

    /** The mean in 256ths of a level. */
    static int fine(char mean) {
        return mean - HALF_LEVEL;
    }

    static int age(char mean) {
        return mean & AGE_MASK;
    }

    static char withAge(char mean, int age) {
        return (char) ((mean & ~AGE_MASK) | age);
    }
}

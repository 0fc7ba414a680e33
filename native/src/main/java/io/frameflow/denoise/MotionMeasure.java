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
 * Tells motion from noise by the 5 x 5 differences around a pixel to its history.
 *
 * <p>With spread {@code f} of one difference, noise alone gives a sum of standard deviation 5 f,
 * and a sum of magnitudes of mean 20 f and standard deviation 3 f. Both are compared in these
 * units: the first sees what becomes brighter or darker as a whole, the second moving texture. Up
 * to 2.5 of them are noise, 4 are motion, in between is a share of it.
 */
final class MotionMeasure {
    /** All motion. */
    static final int WHOLE = 256;

    /** 2.5 / (4 - 2.5), in 256ths. */
    private static final int OFFSET = 427;

    private static final int GREATEST = 0xFFFF;

    private MotionMeasure() {}

    /** A difference and its magnitude in one number; such numbers can be added up. */
    static int packed(int difference) {
        return (Math.abs(difference) << 16) + difference;
    }

    /**
     * The share of motion.
     *
     * @param sums sum of 25 packed differences
     * @param age of the pixel's mean
     * @return 0 to {@link #WHOLE}
     */
    static int share(int sums, int age, PictureParameters parameters) {
        int sum = (short) sums;
        int magnitudes = (sums - sum) >> 16;
        return share(3 * Math.abs(sum), 5 * magnitudes, age, parameters);
    }

    /**
     * The share of motion by measures in one unit.
     *
     * @param ofSum measure of the sum
     * @param ofMagnitudes measure of the sum of magnitudes, with what noise alone would give
     */
    static int share(int ofSum, int ofMagnitudes, int age, PictureParameters parameters) {
        int rest = ofMagnitudes - parameters.expectedDifference(age);
        int measure = Math.min(GREATEST, Math.max(ofSum, rest));
        int share = ((measure * parameters.motionGain(age)) >> 12) - OFFSET;
        return Math.max(0, Math.min(WHOLE, share));
    }

    /** The age of a mean after a picture with this share of motion. */
    static int ageAfter(int age, int share) {
        if (share >= WHOLE / 2) {
            return 0;
        }
        return share == 0 ? Math.min(HistoryWord.SETTLED, age + 1) : age;
    }
}

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
package io.frameflow.cli.evaluate.denoise;

import java.util.random.RandomGenerator;

/** Noise that can be added to a picture, each channel of each pixel for itself. */
public enum NoiseKind {
    /** The same everywhere, as of a warm sensor: the level is its standard deviation. */
    GAUSSIAN {
        @Override
        double noisy(double value, double level, RandomGenerator random) {
            return value + level * random.nextGaussian();
        }
    },
    /**
     * Grows with the square root of brightness, as of few photons: the level is its standard
     * deviation in middle grey (128).
     */
    POISSON {
        @Override
        double noisy(double value, double level, RandomGenerator random) {
            if (level == 0) {
                return value;
            }
            double greyLevelsAPhoton = level * level / MIDDLE_GREY;
            return greyLevelsAPhoton * photons(value / greyLevelsAPhoton, random);
        }
    };

    private static final double MIDDLE_GREY = 128;
    private static final double MANY = 30;

    /** A value with noise, neither rounded nor clipped. */
    abstract double noisy(double value, double level, RandomGenerator random);

    /**
     * The picture with noise, rounded and clipped as a camera does.
     *
     * @param clean bytes of any interleaved channels
     * @param level in grey levels
     */
    byte[] addTo(byte[] clean, double level, RandomGenerator random) {
        byte[] noisy = new byte[clean.length];
        for (int i = 0; i < clean.length; i++) {
            long value = Math.round(noisy(clean[i] & 0xFF, level, random));
            noisy[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return noisy;
    }

    /** Poisson-distributed: by Knuth's product of uniform numbers, and where many, as Gaussian. */
    private static double photons(double mean, RandomGenerator random) {
        if (mean > MANY) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}

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

import java.util.Arrays;

/**
 * Measures the noise of a picture at 64 x 64 places spread over it: by the difference to the
 * history, which motion enlarges, and by that of a pixel to its neighbours, which texture enlarges.
 * Medians leave alone what concerns less than half of the places, and the smaller of the two is
 * taken. Where the difference to the history is large and has nothing to do with noise, the scene
 * has been cut.
 *
 * <p>Not thread-safe: it keeps its counters.
 */
final class NoiseMeter {
    private static final int SIDE = 64;
    private static final int HALF = SIDE * SIDE / 2;
    private static final int LEAST_NOISE = 32;
    private static final int LEAST_CUT = 64;

    /** 16 / (0.6745 * sqrt(6)) / 2, in 32nds: median of magnitudes to standard deviation. */
    private static final int SPATIAL_FACTOR = 155;

    /** The same for differences to a mean over 1, 2, 3 and more frames. */
    private static final int[] TEMPORAL_FACTORS = {268, 310, 329, 355};

    private final int[] spatial = new int[2048];
    private final int[] temporal = new int[1024];
    private int noise;
    private boolean cut;

    /**
     * Measures a picture.
     *
     * @param picture its brightness, and that of the history
     * @param frames frames that the history rests on; 0 for none
     * @param mostNoise standard deviation to give at most
     */
    void measure(Brightness picture, int frames, int mostNoise) {
        Arrays.fill(spatial, 0);
        Arrays.fill(temporal, 0);
        int width = picture.width();
        for (int row = 0; row < SIDE; row++) {
            int y = ((2 * row + 1) * picture.height()) >> 7;
            for (int column = 0; column < SIDE; column++) {
                int x = (int) (((2L * column + 1) * width) >> 7);
                int luma = picture.at(x, y);
                int left = picture.at(Math.max(0, x - 1), y);
                int right = picture.at(Math.min(width - 1, x + 1), y);
                spatial[Math.abs(left - 2 * luma + right)]++;
                if (frames > 0) {
                    temporal[Math.abs(luma - picture.ofMean(x, y))]++;
                }
            }
        }
        int within = ((2 * median(spatial) + 1) * SPATIAL_FACTOR) >> 5;
        noise = within;
        cut = false;
        if (frames > 0) {
            int median = median(temporal);
            int between = ((2 * median + 1) * TEMPORAL_FACTORS[Math.min(frames, 4) - 1]) >> 5;
            cut = median >= LEAST_CUT && between > 2 * within;
            noise = cut ? within : Math.min(within, between);
        }
        noise = Math.max(LEAST_NOISE, Math.min(noise, mostNoise));
    }

    private static int median(int[] counts) {
        int sum = 0;
        int value = -1;
        while (sum <= HALF) {
            value++;
            sum += counts[value];
        }
        return value;
    }

    /** Standard deviation of the noise in 16ths of a {@link Luma} unit. */
    int noise() {
        return noise;
    }

    /** Whether the picture shows another scene than the history. */
    boolean isCut() {
        return cut;
    }
}

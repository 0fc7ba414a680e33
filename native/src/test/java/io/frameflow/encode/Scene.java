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

import io.frameflow.image.ImageEncoding;
import java.util.Random;

/** Raw pictures that differ by their number: coloured waves, a bar that wanders, a little noise. */
public final class Scene {
    private Scene() {}

    /**
     * The bytes of a picture.
     *
     * @param encoding a raw one
     * @param noise standard deviation in grey levels
     */
    public static byte[] of(
            ImageEncoding encoding, int width, int height, long number, double noise) {
        boolean planar = encoding == ImageEncoding.NV12;
        int channels = encoding == ImageEncoding.RGB8 || encoding == ImageEncoding.BGR8 ? 3 : 1;
        int rows = planar ? height * 3 / 2 : height;
        byte[] bytes = new byte[width * rows * channels];
        Random random = new Random(number);
        for (int i = 0; i < bytes.length; i++) {
            int y = i / channels / width;
            int x = i / channels % width;
            int channel = planar && y >= height ? x % 2 + 1 : i % channels;
            int column = planar && y >= height ? x / 2 * 2 : x;
            int row = planar && y >= height ? (y - height) * 2 : y;
            double level = level(column, row, channel, number) + noise * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(level)));
        }
        return bytes;
    }

    private static double level(int x, int y, int channel, long number) {
        double wave = Math.sin(x / (23.0 + 5 * channel) + y / 31.0 + 2.1 * channel + number);
        double bar = Math.abs(x - 16 * number % 128) < 8 ? 40 : 0;
        return 110 + 30 * channel + 50 * wave + bar;
    }
}

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
package io.frameflow.decode;

/**
 * NV12 to RGB: BT.601, limited range, in the fixed-point arithmetic of OpenCV's {@code
 * COLOR_YUV2BGR_NV12} and with its results. Coefficients have 20 fractional bits; each pair of
 * chroma samples stands for a block of 2 x 2 pixels, without interpolation:
 *
 * <pre>
 * R = (1.164 * max(0, Y - 16)                      + 1.596 * (Cr - 128)) rounded, 0 to 255
 * G = (1.164 * max(0, Y - 16) - 0.391 * (Cb - 128) - 0.813 * (Cr - 128))
 * B = (1.164 * max(0, Y - 16) + 2.018 * (Cb - 128))
 * </pre>
 */
final class Nv12 {
    private static final int SHIFT = 20;
    private static final int HALF = 1 << (SHIFT - 1);
    private static final int LUMA = 1220542;
    private static final int BLUE_OF_CB = 2116026;
    private static final int GREEN_OF_CB = -409993;
    private static final int GREEN_OF_CR = -852492;
    private static final int RED_OF_CR = 1673527;

    private Nv12() {}

    /**
     * Converts a picture.
     *
     * @param source holds the plane of luma, then that of Cb and Cr, from {@code offset}
     * @param width width in pixels, even
     * @param height height in pixels, even
     * @param target gets red, green and blue of each pixel from index 0
     */
    static void toRgb(byte[] source, int offset, int width, int height, byte[] target) {
        int chromaStart = offset + width * height;
        for (int y = 0; y < height; y++) {
            int luma = offset + y * width;
            int chroma = chromaStart + y / 2 * width;
            int out = 3 * y * width;
            for (int x = 0; x < width; x += 2) {
                int cb = (source[chroma + x] & 0xFF) - 128;
                int cr = (source[chroma + x + 1] & 0xFF) - 128;
                int red = HALF + RED_OF_CR * cr;
                int green = HALF + GREEN_OF_CB * cb + GREEN_OF_CR * cr;
                int blue = HALF + BLUE_OF_CB * cb;
                putPixel(source[luma + x], red, green, blue, target, out);
                putPixel(source[luma + x + 1], red, green, blue, target, out + 3);
                out += 6;
            }
        }
    }

    private static void putPixel(byte luma, int red, int green, int blue, byte[] target, int out) {
        int light = Math.max(0, (luma & 0xFF) - 16) * LUMA;
        target[out] = clip((light + red) >> SHIFT);
        target[out + 1] = clip((light + green) >> SHIFT);
        target[out + 2] = clip((light + blue) >> SHIFT);
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}

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
package io.frameflow.cuda.kernel;

import io.frameflow.encode.PictureScaler;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;

/**
 * What {@code preview.cu} makes of a picture: scaled by the CPU's {@link PictureScaler}, then luma
 * and halved chroma as libjpeg makes them of red, green and blue.
 */
final class PreviewPlanes {
    private PreviewPlanes() {}

    /**
     * The planes, one behind the other: luma, and of coloured pictures Cb and Cr. Bytes between the
     * end of a row and the next are 0.
     *
     * @param pitch bytes from one row of luma to the next
     */
    static byte[] of(DecodedImage image, int width, int height, int pitch) {
        boolean grey = image.format() == PixelFormat.GRAY8;
        byte[] scaled = new byte[(grey ? 1 : 3) * width * height];
        new PictureScaler().scale(image, width, height, scaled);
        if (grey) {
            byte[] planes = new byte[pitch * height];
            for (int row = 0; row < height; row++) {
                System.arraycopy(scaled, row * width, planes, row * pitch, width);
            }
            return planes;
        }
        return planes(scaled, width, height, pitch);
    }

    /** Of interleaved blue, green and red. */
    static byte[] planes(byte[] pixels, int width, int height, int pitch) {
        byte[] planes = new byte[(int) PictureLayout.YUV420.bytes(pitch, height)];
        int cbAt = pitch * height;
        int crAt = cbAt + pitch / 2 * ((height + 1) / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                planes[y * pitch + x] = (byte) luma(pixels, 3 * (y * width + x));
            }
        }
        for (int y = 0; y < (height + 1) / 2; y++) {
            for (int x = 0; x < (width + 1) / 2; x++) {
                int cb = 0;
                int cr = 0;
                for (int i = 0; i < 4; i++) {
                    int column = Math.min(2 * x + i % 2, width - 1);
                    int row = Math.min(2 * y + i / 2, height - 1);
                    cb += cb(pixels, 3 * (row * width + column));
                    cr += cr(pixels, 3 * (row * width + column));
                }
                // Halves are rounded down and up in turns, so that no shade is favoured.
                int rounding = x % 2 == 0 ? 1 : 2;
                planes[cbAt + y * (pitch / 2) + x] = (byte) ((cb + rounding) / 4);
                planes[crAt + y * (pitch / 2) + x] = (byte) ((cr + rounding) / 4);
            }
        }
        return planes;
    }

    private static int luma(byte[] pixels, int at) {
        return mix(pixels, at, 0.29900, 0.58700, 0.11400, 0, 32768);
    }

    private static int cb(byte[] pixels, int at) {
        return mix(pixels, at, -0.16874, -0.33126, 0.50000, 128, 32767);
    }

    private static int cr(byte[] pixels, int at) {
        return mix(pixels, at, 0.50000, -0.41869, -0.08131, 128, 32767);
    }

    private static int mix(
            byte[] pixels, int at, double red, double green, double blue, int zero, int rounding) {
        int sum =
                fixed(red) * (pixels[at + 2] & 0xFF)
                        + fixed(green) * (pixels[at + 1] & 0xFF)
                        + fixed(blue) * (pixels[at] & 0xFF);
        return (sum + (zero << 16) + rounding) >> 16;
    }

    private static int fixed(double factor) {
        return (int) Math.round(factor * 65536);
    }
}

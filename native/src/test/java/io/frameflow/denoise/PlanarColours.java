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

import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.cuda.kernel.PlanarPictures;

/** Pictures with halved chroma, made of colours as a JPEG's are, and back. Sides are even. */
public final class PlanarColours {
    private PlanarColours() {}

    /** Planes of red, green and blue; the chroma of four pixels is their mean. */
    public static PlanarImage planes(byte[] rgb, int width, int height) {
        PlanarImage image = PlanarImage.ofSize(width, height, ChromaSampling.HALF);
        double[] cb = new double[image.cb().length];
        double[] cr = new double[cb.length];
        for (int i = 0; i < image.luma().length; i++) {
            int red = rgb[3 * i] & 0xFF;
            int green = rgb[3 * i + 1] & 0xFF;
            int blue = rgb[3 * i + 2] & 0xFF;
            double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            int sample = i / width / 2 * (width / 2) + i % width / 2;
            image.luma()[i] = level(luma);
            cb[sample] += (blue - luma) / 1.772 / 4;
            cr[sample] += (red - luma) / 1.402 / 4;
        }
        for (int i = 0; i < cb.length; i++) {
            image.cb()[i] = level(cb[i] + 128);
            image.cr()[i] = level(cr[i] + 128);
        }
        return image;
    }

    private static byte level(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** Red, green and blue as libjpeg makes them. */
    public static byte[] rgb(PlanarImage image) {
        byte[] bytes = new byte[image.luma().length + 2 * image.cb().length];
        System.arraycopy(image.luma(), 0, bytes, 0, image.luma().length);
        int cbAt = image.luma().length;
        System.arraycopy(image.cb(), 0, bytes, cbAt, image.cb().length);
        System.arraycopy(image.cr(), 0, bytes, cbAt + image.cb().length, image.cr().length);
        return PlanarPictures.rgb(
                PictureLayout.YUV420, bytes, image.width(), image.width(), image.height());
    }
}

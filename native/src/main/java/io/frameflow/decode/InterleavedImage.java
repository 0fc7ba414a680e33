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

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.List;

/**
 * Lets ImageIO write into an array of ours: interleaved channels of one byte in the order of the
 * file, which it copies a row at a time.
 */
final class InterleavedImage {
    private static final List<ColorModel> COLOR_MODELS =
            List.of(
                    colorModel(ColorSpace.CS_GRAY, false),
                    colorModel(ColorSpace.CS_GRAY, true),
                    colorModel(ColorSpace.CS_sRGB, false),
                    colorModel(ColorSpace.CS_sRGB, true));

    private InterleavedImage() {}

    /**
     * A picture over an array.
     *
     * @param pixels at least {@code width * height * channels} bytes
     * @param channels 1 gray, 2 gray and alpha, 3 red, green and blue, 4 these and alpha
     */
    static BufferedImage over(byte[] pixels, int width, int height, int channels) {
        int[] channelOffsets = new int[channels];
        for (int channel = 0; channel < channels; channel++) {
            channelOffsets[channel] = channel;
        }
        var raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(pixels, width * height * channels),
                        width,
                        height,
                        width * channels,
                        channels,
                        channelOffsets,
                        null);
        return new BufferedImage(COLOR_MODELS.get(channels - 1), raster, false, null);
    }

    private static ColorModel colorModel(int colorSpace, boolean alpha) {
        return new ComponentColorModel(
                ColorSpace.getInstance(colorSpace),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
    }
}

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
package io.frameflow.preprocess;

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;

/**
 * Scales rows of a picture in single precision, first along rows, then between them, and normalises
 * what comes out without rounding it to whole levels. The same arithmetic as {@code letterbox.cu}
 * has for {@code ROUND_PIXELS=0}.
 */
final class UnroundedScaling {
    private final Normalization normalization;
    private final boolean blueFirst;

    UnroundedScaling(InputSpec input) {
        normalization = input.normalization();
        blueFirst = input.colorOrder() == ColorOrder.BGR;
    }

    /**
     * Writes one row of the scaled picture.
     *
     * @param columns neighbours of each column
     * @param rows neighbours of each row
     * @param y the row
     * @param planes receives the row of each channel, in the network's order
     * @param left where in them the row begins
     */
    void write(
            DecodedImage image,
            BilinearTaps columns,
            BilinearTaps rows,
            int y,
            float[][] planes,
            int left) {
        PixelFormat format = image.format();
        int[] channels = {
            blueFirst ? format.blue() : format.red(),
            format.green(),
            blueFirst ? format.red() : format.blue()
        };
        int upper = image.offset() + rows.first(y) * image.rowBytes();
        int lower = image.offset() + rows.second(y) * image.rowBytes();
        float fraction = rows.fraction(y);
        for (int channel = 0; channel < channels.length; channel++) {
            float[] plane = planes[channel];
            for (int x = 0; x < columns.size(); x++) {
                int first = channels[channel] + format.channels() * columns.first(x);
                int second = channels[channel] + format.channels() * columns.second(x);
                float above = between(image.pixels(), upper, first, second, columns.fraction(x));
                float below = between(image.pixels(), lower, first, second, columns.fraction(x));
                float level = above + (below - above) * fraction;
                plane[left + x] = normalization.apply(channel, level);
            }
        }
    }

    private static float between(byte[] pixels, int row, int first, int second, float fraction) {
        int a = Byte.toUnsignedInt(pixels[row + first]);
        int b = Byte.toUnsignedInt(pixels[row + second]);
        return a + (b - a) * fraction;
    }
}

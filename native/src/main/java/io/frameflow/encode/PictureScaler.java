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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings pictures down to a size by averaging the area of each pixel, in blue, green and red or in
 * grey. Keeps what it computed for the size before. Used by one thread at a time. The twin of
 * {@code preview.cu}.
 */
public final class PictureScaler {
    private static final int HALF = 1 << 19;
    private static final int SHIFT = 20;

    private @Nullable Plan plan;

    /** Makes a scaler; what it needs is made with the first picture. */
    public PictureScaler() {}

    /**
     * Scales a picture.
     *
     * @param width width of the target, at most that of the picture
     * @param height height of the target, at most that of the picture
     * @param target gets the pixels, rows without padding: one byte each for grey pictures, blue,
     *     green and red for others
     */
    public void scale(DecodedImage image, int width, int height, byte[] target) {
        Plan current = plan;
        if (current == null || !current.fits(image, width, height)) {
            current = new Plan(image, width, height);
            plan = current;
        }
        current.run(image, target);
    }

    /** Everything that depends on the sizes and the format alone. */
    private static final class Plan {
        private final int sourceWidth;
        private final int sourceHeight;
        private final PixelFormat format;
        private final AreaTaps columns;
        private final AreaTaps rows;
        private final int[] channels;
        private final int width;
        private final int height;
        private final int[] sums;

        Plan(DecodedImage image, int width, int height) {
            this.sourceWidth = image.width();
            this.sourceHeight = image.height();
            this.format = image.format();
            this.width = width;
            this.height = height;
            columns = new AreaTaps(sourceWidth, width);
            rows = new AreaTaps(sourceHeight, height);
            channels =
                    format.channels() == 1
                            ? new int[] {0}
                            : new int[] {format.blue(), format.green(), format.red()};
            sums = new int[width * channels.length];
        }

        boolean fits(DecodedImage image, int targetWidth, int targetHeight) {
            return image.width() == sourceWidth
                    && image.height() == sourceHeight
                    && image.format() == format
                    && targetWidth == width
                    && targetHeight == height;
        }

        void run(DecodedImage image, byte[] target) {
            for (int row = 0; row < height; row++) {
                Arrays.fill(sums, 0);
                int[] weights = rows.weights(row);
                for (int tap = 0; tap < weights.length; tap++) {
                    addRow(image, rows.first(row) + tap, weights[tap]);
                }
                int at = row * sums.length;
                for (int i = 0; i < sums.length; i++) {
                    target[at + i] = (byte) ((sums[i] + HALF) >>> SHIFT);
                }
            }
        }

        private void addRow(DecodedImage image, int row, int rowWeight) {
            byte[] pixels = image.pixels();
            int step = format.channels();
            int start = image.offset() + row * image.rowBytes();
            int out = 0;
            for (int column = 0; column < width; column++) {
                int[] weights = columns.weights(column);
                int first = start + columns.first(column) * step;
                for (int channel : channels) {
                    int at = first + channel;
                    int sum = 0;
                    for (int weight : weights) {
                        sum += weight * (pixels[at] & 0xFF);
                        at += step;
                    }
                    sums[out++] += sum * rowWeight;
                }
            }
        }
    }
}

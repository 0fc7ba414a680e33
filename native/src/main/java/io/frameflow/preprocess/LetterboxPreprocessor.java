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

import io.frameflow.geometry.Letterbox;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Places decoded pictures in the network's input: bilinear scaling, padding, normalisation, planar
 * layout.
 *
 * <p>The scaled values are those of OpenCV's {@code resize} with INTER_LINEAR for 8-bit pictures,
 * in its fixed-point arithmetic: with weights in 2048ths the horizontal sum {@code s} is exact, and
 * the vertical one is {@code ((w0 * (s0 >> 4) >> 16) + (w1 * (s1 >> 4) >> 16) + 2) >> 2}. Each such
 * value becomes a number by {@link Normalization#apply}.
 *
 * <p>Not thread-safe: an instance keeps rows and tables; each thread takes its own.
 */
public final class LetterboxPreprocessor {
    private static final int CHANNELS = Normalization.CHANNELS;
    private static final int BYTE_VALUES = 256;

    private final InputSpec input;
    private final float[][] normalized = new float[CHANNELS][BYTE_VALUES];
    private final float[][] outputRows;
    private final int[][] scaledRows;
    private final int[] scaledRowIndex = {-1, -1};
    private @Nullable BilinearTaps horizontal;
    private @Nullable BilinearTaps vertical;

    /** Prepares for an input. */
    public LetterboxPreprocessor(InputSpec input) {
        this.input = input;
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                normalized[channel][value] = input.normalization().apply(channel, value);
            }
        }
        outputRows = new float[CHANNELS][input.width()];
        scaledRows = new int[2][CHANNELS * input.width()];
    }

    /** Numbers that one picture takes in the tensor. */
    public int elements() {
        return CHANNELS * input.width() * input.height();
    }

    /**
     * Writes one picture.
     *
     * @param image the picture
     * @param tensor the batch, [batch, 3, height, width]; its position is not used
     * @param place the picture's place in the batch
     */
    public void write(DecodedImage image, FloatBuffer tensor, int place) {
        Letterbox letterbox = input.letterbox(image.width(), image.height());
        BilinearTaps columns = taps(horizontal, image.width(), letterbox.resizedWidth());
        BilinearTaps rows = taps(vertical, image.height(), letterbox.resizedHeight());
        horizontal = columns;
        vertical = rows;
        Arrays.fill(scaledRowIndex, -1);
        fillWithPadding();
        int start = place * elements();
        for (int y = 0; y < letterbox.padTop(); y++) {
            putRow(tensor, start, y);
        }
        for (int y = 0; y < letterbox.resizedHeight(); y++) {
            int[] upper = scaledRow(image, rows.first(y), columns);
            int[] lower = scaledRow(image, rows.second(y), columns);
            blend(upper, lower, rows.weight(y), letterbox);
            putRow(tensor, start, letterbox.padTop() + y);
        }
        fillWithPadding();
        for (int y = letterbox.padTop() + letterbox.resizedHeight(); y < input.height(); y++) {
            putRow(tensor, start, y);
        }
    }

    private static BilinearTaps taps(@Nullable BilinearTaps last, int source, int target) {
        return last != null && last.fits(source, target) ? last : new BilinearTaps(source, target);
    }

    private void fillWithPadding() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            Arrays.fill(outputRows[channel], normalized[channel][input.padValue()]);
        }
    }

    /** A source row, scaled horizontally; two rows are kept, since neighbours share them. */
    private int[] scaledRow(DecodedImage image, int row, BilinearTaps columns) {
        int slot = row & 1;
        if (scaledRowIndex[slot] != row) {
            scaleRow(image, row, columns, scaledRows[slot]);
            scaledRowIndex[slot] = row;
        }
        return scaledRows[slot];
    }

    private void scaleRow(DecodedImage image, int row, BilinearTaps columns, int[] target) {
        byte[] pixels = image.pixels();
        PixelFormat format = image.format();
        int step = format.channels();
        int start = image.offset() + row * image.rowBytes();
        int red = format.red();
        int green = format.green();
        int blue = format.blue();
        boolean blueFirst = input.colorOrder() == ColorOrder.BGR;
        int first = blueFirst ? blue : red;
        int last = blueFirst ? red : blue;
        int width = columns.size();
        for (int x = 0; x < width; x++) {
            int a = start + step * columns.first(x);
            int b = start + step * columns.second(x);
            int weight = columns.weight(x);
            target[3 * x] = mix(pixels[a + first], pixels[b + first], weight);
            target[3 * x + 1] = mix(pixels[a + green], pixels[b + green], weight);
            target[3 * x + 2] = mix(pixels[a + last], pixels[b + last], weight);
        }
    }

    private static int mix(byte a, byte b, int weight) {
        return (a & 0xFF) * (BilinearTaps.ONE - weight) + (b & 0xFF) * weight;
    }

    private void blend(int[] upper, int[] lower, int weight, Letterbox letterbox) {
        int rest = BilinearTaps.ONE - weight;
        int left = letterbox.padLeft();
        int width = letterbox.resizedWidth();
        for (int channel = 0; channel < CHANNELS; channel++) {
            float[] row = outputRows[channel];
            float[] table = normalized[channel];
            for (int x = 0; x < width; x++) {
                int i = 3 * x + channel;
                int above = (rest * (upper[i] >> 4)) >> 16;
                int below = (weight * (lower[i] >> 4)) >> 16;
                row[left + x] = table[(above + below + 2) >> 2];
            }
        }
    }

    private void putRow(FloatBuffer tensor, int start, int y) {
        int plane = input.width() * input.height();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int at = start + channel * plane + y * input.width();
            tensor.put(at, outputRows[channel], 0, input.width());
        }
    }
}

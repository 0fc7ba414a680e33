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
import io.frameflow.model.ResizePrecision;
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
 * value becomes a number by {@link Normalization#apply}. With {@link ResizePrecision#FLOAT32} they
 * are not rounded: see {@link UnroundedScaling}.
 *
 * <p>Not thread-safe: an instance keeps rows and tables; each thread takes its own.
 */
public final class LetterboxPreprocessor {
    private static final int CHANNELS = Normalization.CHANNELS;
    private static final int BYTE_VALUES = 256;

    private final InputSpec input;
    private final UnroundedScaling unrounded;
    private final float[][] normalized = new float[CHANNELS][BYTE_VALUES];
    private final float[][] outputRows;
    private final int[] blended;

    /** Two source rows, scaled horizontally: a plane a channel, in 128ths of a level. */
    private final int[][] scaledRows;

    private final int[] scaledRowIndex = {-1, -1};
    private @Nullable BilinearTaps horizontal;
    private @Nullable BilinearTaps vertical;

    /** Prepares for an input. */
    public LetterboxPreprocessor(InputSpec input) {
        this.input = input;
        this.unrounded = new UnroundedScaling(input);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                normalized[channel][value] = input.normalization().apply(channel, value);
            }
        }
        outputRows = new float[CHANNELS][input.width()];
        blended = new int[input.width()];
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
            if (input.resizePrecision() == ResizePrecision.FLOAT32) {
                unrounded.write(image, columns, rows, y, outputRows, letterbox.padLeft());
            } else {
                int[] upper = scaledRow(image, rows.first(y), columns);
                int[] lower = scaledRow(image, rows.second(y), columns);
                blend(upper, rows.firstWeight(y), lower, rows.secondWeight(y), letterbox);
            }
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
        PixelFormat format = image.format();
        boolean blueFirst = input.colorOrder() == ColorOrder.BGR;
        int start = image.offset() + row * image.rowBytes();
        int step = format.channels();
        byte[] pixels = image.pixels();
        int width = columns.size();
        int red = start + (blueFirst ? format.blue() : format.red());
        int green = start + format.green();
        int blue = start + (blueFirst ? format.red() : format.blue());
        for (int x = 0; x < width; x++) {
            int a = step * columns.first(x);
            int b = step * columns.second(x);
            int aWeight = columns.firstWeight(x);
            int bWeight = columns.secondWeight(x);
            target[x] = mix(pixels[red + a], aWeight, pixels[red + b], bWeight);
            target[width + x] = mix(pixels[green + a], aWeight, pixels[green + b], bWeight);
            target[2 * width + x] = mix(pixels[blue + a], aWeight, pixels[blue + b], bWeight);
        }
    }

    private static int mix(byte a, int aWeight, byte b, int bWeight) {
        return ((a & 0xFF) * aWeight + (b & 0xFF) * bWeight) >> 4;
    }

    private void blend(int[] upper, int upperWeight, int[] lower, int lowerWeight, Letterbox box) {
        int width = box.resizedWidth();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int plane = channel * width;
            // Apart from the look-up, so that the compiler can vectorise it.
            for (int x = 0; x < width; x++) {
                int above = (upperWeight * upper[plane + x]) >> 16;
                int below = (lowerWeight * lower[plane + x]) >> 16;
                blended[x] = (above + below + 2) >> 2;
            }
            float[] table = normalized[channel];
            float[] row = outputRows[channel];
            int left = box.padLeft();
            for (int x = 0; x < width; x++) {
                row[left + x] = table[blended[x]];
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

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

/**
 * What libjpeg makes of the planes of a JPEG: chroma is interpolated first, a row at a time, then
 * colours are converted, as {@code jdsample.c} and {@code jdcolor.c} do. The twin of {@code
 * picture.cuh}, which works out each pixel for itself.
 */
public final class PlanarPictures {
    private PlanarPictures() {}

    /**
     * Interleaved red, green and blue, without padding.
     *
     * @param planes the picture as {@link PictureLayout} says
     * @param pitch bytes from one row of luma to the next
     */
    public static byte[] rgb(
            PictureLayout layout, byte[] planes, int pitch, int width, int height) {
        int cbAt = pitch * height;
        int crAt = cbAt + layout.chromaPitch(pitch) * layout.chromaRows(height);
        int[][] cb = upsampled(layout, planes, cbAt, layout.chromaPitch(pitch), width, height);
        int[][] cr = upsampled(layout, planes, crAt, layout.chromaPitch(pitch), width, height);
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int luma = planes[y * pitch + x] & 0xFF;
                int u = cb[y][x] - 128;
                int v = cr[y][x] - 128;
                int at = 3 * (y * width + x);
                rgb[at] = clamped(luma + ((91881 * v + 32768) >> 16));
                rgb[at + 1] = clamped(luma + ((-22554 * u - 46802 * v + 32768) >> 16));
                rgb[at + 2] = clamped(luma + ((116130 * u + 32768) >> 16));
            }
        }
        return rgb;
    }

    private static int[][] upsampled(
            PictureLayout layout, byte[] planes, int first, int pitch, int width, int height) {
        int columns = layout == PictureLayout.YUV444 ? width : (width + 1) / 2;
        int rows = layout.chromaRows(height);
        int[][] samples = new int[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                samples[row][column] = planes[first + row * pitch + column] & 0xFF;
            }
        }
        int[][] result = new int[height][];
        for (int y = 0; y < height; y++) {
            result[y] = upsampledRow(layout, samples, y, columns);
        }
        return result;
    }

    private static int[] upsampledRow(PictureLayout layout, int[][] samples, int y, int columns) {
        if (layout == PictureLayout.YUV444) {
            return samples[y];
        }
        int near = layout == PictureLayout.YUV420 ? y / 2 : y;
        if (columns <= 2) {
            int[] doubled = new int[2 * columns];
            for (int column = 0; column < columns; column++) {
                doubled[2 * column] = samples[near][column];
                doubled[2 * column + 1] = samples[near][column];
            }
            return doubled;
        }
        if (layout == PictureLayout.YUV422) {
            return doubled(samples[near], 2, 1, 2);
        }
        int far = Math.max(0, Math.min(samples.length - 1, y % 2 == 0 ? near - 1 : near + 1));
        int[] sums = new int[columns];
        for (int column = 0; column < columns; column++) {
            sums[column] = 3 * samples[near][column] + samples[far][column];
        }
        return doubled(sums, 4, 8, 7);
    }

    /** Two pixels for each number: three parts of it, one part of its neighbour on that side. */
    private static int[] doubled(int[] numbers, int shift, int leftRounding, int rightRounding) {
        int[] result = new int[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int before = numbers[Math.max(i - 1, 0)];
            int after = numbers[Math.min(i + 1, numbers.length - 1)];
            result[2 * i] = (3 * numbers[i] + before + leftRounding) >> shift;
            result[2 * i + 1] = (3 * numbers[i] + after + rightRounding) >> shift;
        }
        return result;
    }

    private static byte clamped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}

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

/**
 * Filters pictures of interleaved pixels one after the other, each in one pass from top to bottom.
 * The history is written in place, two rows behind the rows that are read of it.
 *
 * <p>Not thread-safe: it keeps the rows that it works on.
 */
final class PictureFilter {
    /** Rows around the current one: two on each side, in a ring. */
    private static final int ROWS = 8;

    private static final int RADIUS = 2;

    private int[][] pixels = new int[ROWS][0];
    private int[][] sums = new int[ROWS][0];
    private int[] differences = new int[0];
    private int preparedRows;

    /**
     * Filters a picture.
     *
     * @param history of width x height words, read and replaced; only replaced where the parameters
     *     say that the picture is fresh
     * @param output receives red, green and blue of each pixel
     */
    void filter(PixelSource source, int[] history, PictureParameters parameters, byte[] output) {
        int width = source.width();
        int height = source.height();
        reserve(width);
        preparedRows = 0;
        for (int y = 0; y < height; y++) {
            while (preparedRows < Math.min(height, y + RADIUS + 1)) {
                prepare(source, history, preparedRows, parameters.fresh());
                preparedRows++;
            }
            filterRow(y, width, height, history, parameters, output);
        }
    }

    private void reserve(int width) {
        if (differences.length < width) {
            pixels = new int[ROWS][width];
            sums = new int[ROWS][width];
            differences = new int[width];
        }
    }

    private void prepare(PixelSource source, int[] history, int y, boolean fresh) {
        int width = source.width();
        int[] row = pixels[y % ROWS];
        source.row(y, row);
        if (fresh) {
            return;
        }
        int start = y * width;
        for (int x = 0; x < width; x++) {
            differences[x] =
                    MotionMeasure.packed(Luma.of(row[x]) - Luma.ofHistory(history[start + x]));
        }
        int[] target = sums[y % ROWS];
        for (int x = 0; x < width; x++) {
            int sum = 0;
            for (int dx = -RADIUS; dx <= RADIUS; dx++) {
                sum += differences[Math.max(0, Math.min(width - 1, x + dx))];
            }
            target[x] = sum;
        }
    }

    private void filterRow(
            int y,
            int width,
            int height,
            int[] history,
            PictureParameters parameters,
            byte[] output) {
        int[] above = pixels[Math.max(0, y - 1) % ROWS];
        int[] row = pixels[y % ROWS];
        int[] below = pixels[Math.min(height - 1, y + 1) % ROWS];
        for (int x = 0; x < width; x++) {
            int at = y * width + x;
            int pixel = row[x];
            int motion = MotionMeasure.WHOLE;
            int word = 0;
            if (!parameters.fresh()) {
                word = history[at];
                motion =
                        MotionMeasure.share(
                                windowSum(x, y, height), HistoryWord.age(word), parameters);
            }
            int updated = update(word, pixel, motion, parameters);
            history[at] = updated;
            int share =
                    Math.max(
                            (motion * parameters.motionShare()) >> 8,
                            parameters.spatialShare(HistoryWord.age(updated)));
            int smooth =
                    share == 0
                            ? 0
                            : SpatialFilter.filter(
                                    above, row, below, x, width, parameters.falloff());
            put(updated, smooth, share, output, 3 * at);
        }
    }

    private int windowSum(int x, int y, int height) {
        int sum = 0;
        for (int dy = -RADIUS; dy <= RADIUS; dy++) {
            sum += sums[Math.max(0, Math.min(height - 1, y + dy)) % ROWS][x];
        }
        return sum;
    }

    private static int update(int word, int pixel, int motion, PictureParameters parameters) {
        int age = HistoryWord.age(word);
        int weight = Math.max(parameters.newestWeight(age), motion);
        return HistoryWord.of(
                moved(HistoryWord.red(word), pixel & 0xFF, weight),
                moved(HistoryWord.green(word), (pixel >> 8) & 0xFF, weight),
                moved(HistoryWord.blue(word), pixel >> 16, weight),
                MotionMeasure.ageAfter(age, motion));
    }

    private static int moved(int mean, int value, int weight) {
        return mean + ((weight * (4 * value - mean) + 128) >> 8);
    }

    private static void put(int word, int smooth, int share, byte[] output, int at) {
        output[at] = mixed(HistoryWord.red(word), smooth & 0xFF, share);
        output[at + 1] = mixed(HistoryWord.green(word), (smooth >> 8) & 0xFF, share);
        output[at + 2] = mixed(HistoryWord.blue(word), smooth >> 16, share);
    }

    private static byte mixed(int mean, int smooth, int share) {
        return (byte) ((mean * (256 - share) + 4 * smooth * share + 512) >> 10);
    }
}

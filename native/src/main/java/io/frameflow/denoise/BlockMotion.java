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
 * Tells motion from noise in blocks of 2 x 2 pixels, by the 6 x 6 differences of luma to the
 * history in them and in the blocks around.
 *
 * <p>As {@link MotionMeasure} does, with more differences: with spread {@code f} of one, noise
 * alone gives a sum of standard deviation 6 f, and a sum of magnitudes of mean 28.7 f and standard
 * deviation 3.6 f.
 */
final class BlockMotion {
    /** Halves of a grey level are 128 of 256 parts. */
    private static final int PARTS_OF_HALF = 7;

    private int columns;
    private int rows;
    private int[] sums = new int[0];
    private int[] magnitudes = new int[0];

    /** Compares a picture with the history. */
    void compare(PlanarImage image, char[] history) {
        columns = (image.width() + 1) / 2;
        rows = (image.height() + 1) / 2;
        if (sums.length < columns * rows) {
            sums = new int[columns * rows];
            magnitudes = new int[columns * rows];
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                compareBlock(image, history, column, row);
            }
        }
    }

    private void compareBlock(PlanarImage image, char[] history, int column, int row) {
        int sum = 0;
        int magnitude = 0;
        for (int i = 0; i < 4; i++) {
            int x = 2 * column + i % 2;
            int y = 2 * row + i / 2;
            int at = Math.min(y, image.height() - 1) * image.width();
            int pixel = image.luma()[at + Math.min(x, image.width() - 1)] & 0xFF;
            char mean = history[2 * columns * y + x];
            sum += 256 * pixel - PlaneMeans.fine(mean);
            magnitude += Math.abs(pixel - PlaneMeans.level(mean));
        }
        sums[row * columns + column] = sum >> PARTS_OF_HALF;
        magnitudes[row * columns + column] = magnitude;
    }

    /**
     * The share of motion of a block.
     *
     * @param age of its means
     * @return 0 to {@link MotionMeasure#WHOLE}
     */
    int share(int column, int row, int age, PictureParameters parameters) {
        int sum = 0;
        int magnitude = 0;
        for (int dy = -1; dy <= 1; dy++) {
            int start = Math.max(0, Math.min(rows - 1, row + dy)) * columns;
            for (int dx = -1; dx <= 1; dx++) {
                int at = start + Math.max(0, Math.min(columns - 1, column + dx));
                sum += sums[at];
                magnitude += magnitudes[at];
            }
        }
        // Of the measure's units, four are a grey level.
        return MotionMeasure.share(3 * 2 * Math.abs(sum), 5 * 4 * magnitude, age, parameters);
    }
}

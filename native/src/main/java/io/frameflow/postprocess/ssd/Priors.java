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
package io.frameflow.postprocess.ssd;

import java.util.ArrayList;
import java.util.List;

/**
 * Boxes that a network starts from, in the order of its outputs: {@code centre x, centre y, width,
 * height} of each, in pixels of the input. Immutable.
 */
public final class Priors {
    private static final int NUMBERS = 4;
    private static final int[] STRIDES = {8, 16, 32, 64};
    private static final int[][] FACE_SIDES = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};

    private static final int SSD_LITE_LEVELS = 6;

    private final float[] numbers;

    private Priors(List<float[]> boxes) {
        numbers = new float[NUMBERS * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            System.arraycopy(boxes.get(i), 0, numbers, NUMBERS * i, NUMBERS);
        }
    }

    /**
     * The priors of UltraFace: squares of 10 to 256 pixels over grids of 8 to 64 pixels. The last
     * cells of a grid may be cut by the edge of the input; centres and sides are then held within
     * it.
     */
    public static Priors ultraFace(int width, int height) {
        return faces(width, height, true);
    }

    /**
     * The priors of YuFaceDetectNet: those of UltraFace over grids whose sizes are rounded down.
     *
     * @param width width of the input, a multiple of 32
     * @param height height of the input, a multiple of 32
     */
    public static Priors yuFaceDetectNet(int width, int height) {
        return faces(width, height, false);
    }

    /**
     * The priors of torchvision's SSDLite320 with MobileNetV3: six scales from 0.2 to 0.95 of the
     * input's sides over grids of 16 pixels and more, each with a square, one towards the next
     * scale, and the aspect ratios 2, 1/2, 3, 1/3.
     */
    public static Priors ssdLite(int width, int height) {
        List<float[]> boxes = new ArrayList<>();
        int columns = (width + 15) / 16;
        int rows = (height + 15) / 16;
        for (int level = 0; level < SSD_LITE_LEVELS; level++) {
            double[][] sides = ssdLiteSides(level);
            for (int cell = 0; cell < rows * columns; cell++) {
                int column = cell % columns;
                int row = cell / columns;
                for (double[] side : sides) {
                    boxes.add(
                            new float[] {
                                (float) ((column + 0.5) / columns * width),
                                (float) ((row + 0.5) / rows * height),
                                (float) (side[0] * width),
                                (float) (side[1] * height)
                            });
                }
            }
            columns = (columns + 1) / 2;
            rows = (rows + 1) / 2;
        }
        return new Priors(boxes);
    }

    /** Width and height of each prior of a cell, as parts of the input's sides, at most 1. */
    private static double[][] ssdLiteSides(int level) {
        double scale = ssdLiteScale(level);
        double between = Math.sqrt(scale * ssdLiteScale(level + 1));
        double[][] sides = {
            {scale, scale},
            {between, between},
            {scale * Math.sqrt(2), scale / Math.sqrt(2)},
            {scale / Math.sqrt(2), scale * Math.sqrt(2)},
            {scale * Math.sqrt(3), scale / Math.sqrt(3)},
            {scale / Math.sqrt(3), scale * Math.sqrt(3)}
        };
        for (double[] side : sides) {
            side[0] = Math.min(1, side[0]);
            side[1] = Math.min(1, side[1]);
        }
        return sides;
    }

    private static double ssdLiteScale(int level) {
        return level == SSD_LITE_LEVELS ? 1 : 0.2 + 0.75 * level / (SSD_LITE_LEVELS - 1);
    }

    private static Priors faces(int width, int height, boolean cutCells) {
        List<float[]> boxes = new ArrayList<>();
        for (int level = 0; level < STRIDES.length; level++) {
            int stride = STRIDES[level];
            int last = cutCells ? stride - 1 : 0;
            int columns = (width + last) / stride;
            int rows = (height + last) / stride;
            for (int cell = 0; cell < rows * columns; cell++) {
                int column = cell % columns;
                int row = cell / columns;
                float x = Math.min(width, (column + 0.5f) * stride);
                float y = Math.min(height, (row + 0.5f) * stride);
                for (int side : FACE_SIDES[level]) {
                    boxes.add(
                            new float[] {
                                x,
                                y,
                                cutCells ? Math.min(width, side) : side,
                                cutCells ? Math.min(height, side) : side
                            });
                }
            }
        }
        return new Priors(boxes);
    }

    /** Number of priors. */
    public int count() {
        return numbers.length / NUMBERS;
    }

    /** Horizontal centre of a prior. */
    public float centerX(int index) {
        return numbers[NUMBERS * index];
    }

    /** Vertical centre of a prior. */
    public float centerY(int index) {
        return numbers[NUMBERS * index + 1];
    }

    /** Width of a prior. */
    public float width(int index) {
        return numbers[NUMBERS * index + 2];
    }

    /** Height of a prior. */
    public float height(int index) {
        return numbers[NUMBERS * index + 3];
    }

    /** A copy of {@code centre x, centre y, width, height} of all priors. */
    public float[] numbers() {
        return numbers.clone();
    }
}

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
package io.frameflow.pipeline.cut;

import io.frameflow.engine.onnx.OnnxFile;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes networks of two scales, two anchors and two classes for an input of 32 x 32, whose heads
 * are written in several forms.
 */
final class TinyYolo {
    static final int SIDE = 32;

    /** The last two are no multiples of a 64th. */
    static final List<List<Double>> ANCHORS =
            List.of(List.of(5.5, 7.25, 13.03125, 20.0), List.of(33.0, 21.0, 40.3, 61.7));

    private static final int SHAPES = 2;
    private static final int CHANNELS = 7;
    private static final String OUTPUT = "output0";

    /** What is behind the convolutions. */
    enum Head {
        /** As YOLOv5's own tools export it. */
        SPLIT,
        /** The same for one image only, whatever the input says. */
        ONE_IMAGE,
        /**
         * One formula for all channels before the transposition, the coarse scale first in the
         * file.
         */
        ONE_FORMULA,
        /** Sides as YOLOv3 has them. */
        EXPONENTS,
        /** Scores that are no logistic function. */
        DOUBLED_SCORES,
        /** A factor between convolution and head. */
        SCALED,
        /** Rows of the coarse scale first. */
        COARSE_FIRST,
        /** Anchors of a cell one behind the other. */
        CELLS_FIRST
    }

    private final OnnxFile file = new OnnxFile();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Head head;

    private TinyYolo(Head head) {
        this.head = head;
    }

    static byte[] of(Head head, int batch) {
        return new TinyYolo(head).write(batch, SIDE);
    }

    static byte[] withOpenSides() {
        return new TinyYolo(Head.SPLIT).write(OnnxFile.OPEN, OnnxFile.OPEN);
    }

    private byte[] write(int batch, int side) {
        file.input("images", OnnxFile.FLOAT, batch, 3, side, side)
                .scalar("two", 2)
                .integers("parts", 2, 2, 3)
                .integers("rows", images(), -1, CHANNELS);
        if (head == Head.ONE_FORMULA) {
            convolutions(1);
            formula(1);
            convolutions(0);
            formula(0);
        } else {
            convolutions(0);
            split(0);
            convolutions(1);
            split(1);
        }
        return file.axisNode(
                        "Concat",
                        List.of(OUTPUT),
                        head == Head.COARSE_FIRST
                                ? List.of("rows1", "rows0")
                                : List.of("rows0", "rows1"),
                        1)
                .output(OUTPUT, OnnxFile.FLOAT, batch, OnnxFile.OPEN, CHANNELS)
                .bytes();
    }

    /** As a dimension to reshape to. */
    private int images() {
        return head == Head.ONE_IMAGE ? 1 : 0;
    }

    private static int stride(int scale) {
        return 8 << scale;
    }

    private static int cells(int scale) {
        return SIDE / stride(scale);
    }

    private static float anchor(int scale, int shape, int side) {
        return ANCHORS.get(scale).get(2 * shape + side).floatValue();
    }

    private float[] random(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (6 * random.nextDouble() - 3);
        }
        return values;
    }

    private void convolutions(int scale) {
        String body = "features" + scale;
        int stride = stride(scale);
        file.pixelWeights("body" + scale, 3, 3, random(9))
                .node(
                        "Conv",
                        List.of(body),
                        List.of("images", "body" + scale),
                        "strides",
                        stride,
                        stride)
                .pixelWeights("last" + scale, SHAPES * CHANNELS, 3, random(3 * SHAPES * CHANNELS))
                .node("Conv", "raw" + scale, body, "last" + scale);
    }

    private void split(int scale) {
        int cells = cells(scale);
        boolean cellsFirst = head == Head.CELLS_FIRST;
        String from = "raw" + scale;
        if (head == Head.SCALED) {
            file.node("Mul", "scaled" + scale, from, "two");
            from = "scaled" + scale;
        }
        int[] order = cellsFirst ? new int[] {0, 3, 4, 1, 2} : new int[] {0, 1, 3, 4, 2};
        file.integers("grid" + scale, images(), SHAPES, CHANNELS, cells, cells)
                .node("Reshape", "shaped" + scale, from, "grid" + scale)
                .node(
                        "Transpose",
                        List.of("turned" + scale),
                        List.of("shaped" + scale),
                        "perm",
                        order)
                .node("Sigmoid", "squeezed" + scale, "turned" + scale)
                .axisNode(
                        "Split",
                        List.of("xy" + scale, "wh" + scale, "score" + scale),
                        List.of("squeezed" + scale, "parts"),
                        4);
        centres(scale, cellsFirst);
        sides(scale, cellsFirst);
        String scores = "score" + scale;
        if (head == Head.DOUBLED_SCORES) {
            file.node("Mul", "scores" + scale, scores, "two");
            scores = "scores" + scale;
        }
        file.axisNode(
                        "Concat",
                        List.of("boxes" + scale),
                        List.of("centres" + scale, "sides" + scale, scores),
                        4)
                .node("Reshape", "rows" + scale, "boxes" + scale, "rows");
    }

    private void centres(int scale, boolean cellsFirst) {
        int cells = cells(scale);
        float[] corners = new float[2 * cells * cells];
        for (int i = 0; i < cells * cells; i++) {
            int row = i / cells;
            corners[2 * i] = i % cells - 0.5f;
            corners[2 * i + 1] = row - 0.5f;
        }
        int[] shape =
                cellsFirst ? new int[] {1, cells, cells, 1, 2} : new int[] {1, 1, cells, cells, 2};
        file.floats("corners" + scale, shape, corners)
                .scalar("stride" + scale, stride(scale))
                .node("Mul", "offsets" + scale, "xy" + scale, "two")
                .node("Add", "places" + scale, "offsets" + scale, "corners" + scale)
                .node("Mul", "centres" + scale, "places" + scale, "stride" + scale);
    }

    private void sides(int scale, boolean cellsFirst) {
        float[] anchors = new float[2 * SHAPES];
        for (int i = 0; i < anchors.length; i++) {
            anchors[i] = anchor(scale, i / 2, i % 2);
        }
        int[] shape = cellsFirst ? new int[] {1, 1, 1, SHAPES, 2} : new int[] {1, SHAPES, 1, 1, 2};
        file.floats("anchors" + scale, shape, anchors);
        if (head == Head.EXPONENTS) {
            file.node("Exp", "factors" + scale, "wh" + scale);
        } else {
            file.node("Mul", "twice" + scale, "wh" + scale, "two")
                    .node("Pow", "factors" + scale, "twice" + scale, "two");
        }
        file.node("Mul", "sides" + scale, "factors" + scale, "anchors" + scale);
    }

    /** The logistic function of each channel times its square, itself and 1. */
    private void formula(int scale) {
        int cells = cells(scale);
        int each = cells * cells;
        int channels = SHAPES * CHANNELS;
        float[] square = new float[channels * each];
        float[] factor = new float[channels * each];
        float[] constant = new float[channels * each];
        for (int i = 0; i < channels * each; i++) {
            int channel = i / each % CHANNELS;
            int cell = i % each;
            if (channel < 2) {
                factor[i] = 2 * stride(scale);
                int place = channel == 0 ? cell % cells : cell / cells;
                constant[i] = (place - 0.5f) * stride(scale);
            } else if (channel < 4) {
                square[i] = 4 * anchor(scale, i / each / CHANNELS, channel - 2);
            } else {
                factor[i] = 1;
            }
        }
        int[] shape = {1, channels, cells, cells};
        file.floats("square" + scale, shape, square)
                .floats("factor" + scale, shape, factor)
                .floats("constant" + scale, shape, constant)
                .integers("lists" + scale, 0, SHAPES, CHANNELS, -1)
                .node("Sigmoid", "s" + scale, "raw" + scale)
                .node("Mul", "first" + scale, "s" + scale, "square" + scale)
                .node("Add", "second" + scale, "first" + scale, "factor" + scale)
                .node("Mul", "third" + scale, "second" + scale, "s" + scale)
                .node("Add", "fourth" + scale, "third" + scale, "constant" + scale)
                .node("Reshape", "fifth" + scale, "fourth" + scale, "lists" + scale)
                .node(
                        "Transpose",
                        List.of("sixth" + scale),
                        List.of("fifth" + scale),
                        "perm",
                        0,
                        1,
                        3,
                        2)
                .node("Reshape", "rows" + scale, "sixth" + scale, "rows");
    }
}

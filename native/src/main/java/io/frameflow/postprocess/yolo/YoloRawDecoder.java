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
package io.frameflow.postprocess.yolo;

import io.frameflow.nms.Candidates;
import io.frameflow.postprocess.CandidateDecoder;
import io.frameflow.postprocess.NonFiniteOutput;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads YOLO networks without their head in the graph. A candidate belongs to its best class, of
 * equals to the first, and scores the product of the logistic functions of its objectness and of
 * that class.
 *
 * <p>YOLOv3 decodes {@code centre = (logistic + cell) * stride} and {@code size = exp * anchor}
 * (Redmon and Farhadi, 2018); YOLOv5 {@code centre = (2 * logistic - 0.5 + cell) * stride} and
 * {@code size = (2 * logistic)^2 * anchor}.
 */
final class YoloRawDecoder implements CandidateDecoder {
    private static final int OBJECTNESS = 4;

    private final YoloRawOutputs head;

    YoloRawDecoder(YoloRawOutputs head) {
        this.head = head;
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        for (YoloGrid grid : head.grids()) {
            FloatBuffer output = outputs.get(grid.output());
            for (int place = 0; place < grid.candidates(); place++) {
                int shape = place / grid.cells();
                int cell = place % grid.cells();
                int at =
                        image * grid.imageStride()
                                + shape * grid.shapeStride()
                                + cell * grid.cellStride();
                decode(grid, output, at, place, scoreThreshold, candidates);
            }
        }
    }

    private void decode(
            YoloGrid grid,
            FloatBuffer output,
            int at,
            int place,
            float scoreThreshold,
            Candidates candidates) {
        float objectness = logistic(output.get(at + OBJECTNESS * grid.channelStride()));
        // Written so that a number that is none goes on to be reported.
        if (objectness <= scoreThreshold) {
            return;
        }
        int anchor = grid.firstAnchor() + place;
        int best = bestClass(grid, output, at);
        int firstClass = at + YoloRawOutputs.FIRST_CLASS * grid.channelStride();
        float score = objectness * logistic(output.get(firstClass + best * grid.channelStride()));
        if (!Float.isFinite(score)) {
            throw NonFiniteOutput.at(anchor, "the score", score);
        }
        if (score > scoreThreshold) {
            addBox(grid, output, at, place, score, best, candidates);
        }
    }

    /** The best class, or one whose number is none. */
    private int bestClass(YoloGrid grid, FloatBuffer output, int at) {
        int stride = grid.channelStride();
        int first = at + YoloRawOutputs.FIRST_CLASS * stride;
        int best = 0;
        for (int i = 0; i < head.classes(); i++) {
            float value = output.get(first + i * stride);
            if (Float.isNaN(value)) {
                return i;
            }
            if (value > output.get(first + best * stride)) {
                best = i;
            }
        }
        return best;
    }

    private void addBox(
            YoloGrid grid,
            FloatBuffer output,
            int at,
            int place,
            float score,
            int classId,
            Candidates candidates) {
        int channel = grid.channelStride();
        int shape = place / grid.cells();
        int row = place % grid.cells() / grid.columns();
        int column = place % grid.columns();
        CenterBox.add(
                grid.firstAnchor() + place,
                center(output.get(at), column, grid.stride()),
                center(output.get(at + channel), row, grid.stride()),
                size(output.get(at + 2 * channel), grid.sides().get(2 * shape)),
                size(output.get(at + 3 * channel), grid.sides().get(2 * shape + 1)),
                score,
                classId,
                candidates);
    }

    private float center(float value, int cell, int stride) {
        float offset = logistic(value);
        return ((head.exponential() ? offset : offset * 2 - 0.5f) + cell) * stride;
    }

    private float size(float value, float side) {
        if (head.exponential()) {
            return (float) Math.exp(value) * side;
        }
        float twice = logistic(value) * 2;
        return twice * twice * side;
    }

    private static float logistic(float value) {
        return (float) (1 / (1 + Math.exp(-(double) value)));
    }
}

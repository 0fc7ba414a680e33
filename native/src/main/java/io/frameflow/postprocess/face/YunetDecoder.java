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
package io.frameflow.postprocess.face;

import io.frameflow.nms.Candidates;
import io.frameflow.postprocess.CandidateDecoder;
import io.frameflow.postprocess.CornerBox;
import io.frameflow.postprocess.NonFiniteOutput;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads YuNet's outputs as OpenCV's {@code FaceDetectorYN} does: a cell scores the geometric mean
 * of its two scores, each held between 0 and 1.
 */
final class YunetDecoder implements CandidateDecoder {
    private static final int BOX = 4;

    private final YunetOutputs head;
    private final float[] box = new float[BOX];

    YunetDecoder(YunetOutputs head) {
        this.head = head;
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        for (YunetLevel level : head.levels()) {
            FloatBuffer faceScores = outputs.get(level.faceScore());
            FloatBuffer objectScores = outputs.get(level.objectScore());
            FloatBuffer boxes = outputs.get(level.boxes());
            int first = image * level.cells();
            for (int cell = 0; cell < level.cells(); cell++) {
                float face = faceScores.get(first + cell);
                float object = objectScores.get(first + cell);
                int anchor = level.firstAnchor() + cell;
                if (!Float.isFinite(face + object)) {
                    throw NonFiniteOutput.at(anchor, "the score", face + object);
                }
                float score = FaceScore.of(face, object);
                if (score > scoreThreshold) {
                    boxes.get((first + cell) * BOX, box);
                    add(level, cell, anchor, score, candidates);
                }
            }
        }
    }

    private void add(YunetLevel level, int cell, int anchor, float score, Candidates candidates) {
        int stride = level.stride();
        int column = cell % level.columns();
        int row = cell / level.columns();
        float x = (column + box[0]) * stride;
        float y = (row + box[1]) * stride;
        float halfWidth = (float) Math.exp(box[2]) * stride / 2;
        float halfHeight = (float) Math.exp(box[3]) * stride / 2;
        CornerBox.add(
                anchor,
                x - halfWidth,
                y - halfHeight,
                x + halfWidth,
                y + halfHeight,
                score,
                0,
                candidates);
    }
}

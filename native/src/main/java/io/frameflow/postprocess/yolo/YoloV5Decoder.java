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
 * Reads {@code [batch, anchors, channels]}: a row for each candidate with {@code centre x, centre
 * y, width, height, objectness}, somewhere behind them a score for each class, and keypoints, which
 * it leaves to {@link YoloKeypoints}. A candidate belongs to its best class, of equals to the
 * first, and scores objectness times that class's score.
 *
 * <p>Nearly all candidates have a low objectness, and no score can be above it, so that most rows
 * are dismissed after one number.
 */
final class YoloV5Decoder implements CandidateDecoder {
    private static final int OBJECTNESS = 4;

    private final int anchors;
    private final int firstClass;
    private final int endOfClasses;
    private final float[] row;

    YoloV5Decoder(YoloOutput output) {
        anchors = output.anchors();
        firstClass = output.firstClass();
        endOfClasses = firstClass + output.classes();
        row = new float[output.channels()];
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        FloatBuffer output = outputs.get(0);
        int start = image * anchors * row.length;
        for (int anchor = 0; anchor < anchors; anchor++) {
            int at = start + anchor * row.length;
            float objectness = output.get(at + OBJECTNESS);
            // Written so that a number that is none goes on to be reported.
            if (!(objectness <= scoreThreshold)) {
                output.get(at, row);
                decodeRow(anchor, scoreThreshold, candidates);
            }
        }
    }

    private void decodeRow(int anchor, float scoreThreshold, Candidates candidates) {
        float best = Float.NEGATIVE_INFINITY;
        for (int i = firstClass; i < endOfClasses; i++) {
            best = Math.max(best, row[i]); // the result is no number if one of them is none
        }
        float score = row[OBJECTNESS] * best;
        if (!Float.isFinite(score)) {
            throw NonFiniteOutput.at(anchor, "the score", score);
        }
        if (score > scoreThreshold) {
            int classId = 0;
            while (row[firstClass + classId] != best) {
                classId++;
            }
            CenterBox.add(anchor, row[0], row[1], row[2], row[3], score, classId, candidates);
        }
    }
}

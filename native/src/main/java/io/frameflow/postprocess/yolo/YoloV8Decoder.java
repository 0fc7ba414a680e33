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
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@code [batch, channels, anchors]}: a column for each candidate with {@code centre x,
 * centre y, width, height}, a score for each class, and keypoints, which it leaves to {@link
 * YoloKeypoints}. A candidate belongs to its best class, of equals to the first.
 *
 * <p>The best scores of all candidates are found row by row, as they lie in memory; only for the
 * few above the threshold it is then asked whose class it was.
 */
final class YoloV8Decoder implements CandidateDecoder {
    private static final int FIRST_CLASS = 4;

    private final int anchors;
    private final int channels;
    private final int classes;
    private final float[] best;
    private final float[] row;

    YoloV8Decoder(YoloOutput output) {
        anchors = output.anchors();
        channels = output.channels();
        classes = output.classes();
        best = new float[anchors];
        row = new float[anchors];
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        FloatBuffer output = outputs.get(0);
        int start = image * anchors * channels;
        findBest(output, start + FIRST_CLASS * anchors);
        for (int anchor = 0; anchor < anchors; anchor++) {
            float score = best[anchor];
            // Written so that a number that is none goes on to be reported.
            if (!(score <= scoreThreshold)) {
                if (!Float.isFinite(score)) {
                    throw NonFiniteOutput.at(anchor, "the score", score);
                }
                add(output, start + anchor, anchor, score, candidates);
            }
        }
    }

    private void findBest(FloatBuffer output, int firstScore) {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int classId = 0; classId < classes; classId++) {
            output.get(firstScore + classId * anchors, row);
            for (int anchor = 0; anchor < anchors; anchor++) {
                best[anchor] = Math.max(best[anchor], row[anchor]);
            }
        }
    }

    private void add(
            FloatBuffer output, int column, int anchor, float score, Candidates candidates) {
        int classId = 0;
        while (output.get(column + (FIRST_CLASS + classId) * anchors) != score) {
            classId++;
        }
        CenterBox.add(
                anchor,
                output.get(column),
                output.get(column + anchors),
                output.get(column + 2 * anchors),
                output.get(column + 3 * anchors),
                score,
                classId,
                candidates);
    }
}

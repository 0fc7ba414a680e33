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
package io.frameflow.postprocess.finished;

import io.frameflow.nms.Candidates;
import io.frameflow.postprocess.CandidateDecoder;
import io.frameflow.postprocess.CornerBox;
import io.frameflow.postprocess.NonFiniteOutput;
import java.nio.FloatBuffer;
import java.util.List;

/** Takes over what a network with suppression in its graph has detected. */
final class FinishedDecoder implements CandidateDecoder {
    private final FinishedOutputs head;
    private final float[] row = new float[FinishedOutputs.ROW];

    FinishedDecoder(FinishedOutputs head) {
        this.head = head;
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        int count = head.joined() ? head.rows() : count(outputs, image);
        for (int i = 0; i < count; i++) {
            read(outputs, image * head.rows() + i);
            float score = row[4];
            if (!Float.isFinite(score)) {
                throw NonFiniteOutput.at(i, "the score", score);
            }
            if (score > scoreThreshold) {
                float classId = row[5];
                if (!(classId >= 0 && classId < head.classes())) {
                    throw NonFiniteOutput.at(i, "the class", classId);
                }
                CornerBox.add(i, row[0], row[1], row[2], row[3], score, (int) classId, candidates);
            }
        }
    }

    private int count(List<FloatBuffer> outputs, int image) {
        float count = outputs.get(head.counts()).get(image);
        return (int) Math.max(0, Math.min(head.rows(), count));
    }

    private void read(List<FloatBuffer> outputs, int place) {
        if (head.joined()) {
            outputs.get(head.boxes()).get(FinishedOutputs.ROW * place, row);
        } else {
            outputs.get(head.boxes()).get(4 * place, row, 0, 4);
            row[4] = outputs.get(head.scores()).get(place);
            row[5] = outputs.get(head.classIds()).get(place);
        }
    }
}

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
import io.frameflow.postprocess.ssd.Priors;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads YuFaceDetectNet's outputs as OpenCV's {@code FaceDetectorYN} did before version 4.8: a
 * prior scores the geometric mean of its confidence and the overlap that it expects of its box.
 */
final class YuFaceDecoder implements CandidateDecoder {
    private final YuFaceOutputs head;
    private final float[] box = new float[4];

    YuFaceDecoder(YuFaceOutputs head) {
        this.head = head;
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        FloatBuffer confidences = outputs.get(head.confidence());
        FloatBuffer overlaps = outputs.get(head.overlap());
        FloatBuffer locations = outputs.get(head.location());
        int count = head.priors().count();
        for (int prior = 0; prior < count; prior++) {
            int place = image * count + prior;
            float confidence =
                    confidence(confidences.get(2 * place), confidences.get(2 * place + 1));
            float overlap = overlaps.get(place);
            if (!Float.isFinite(confidence + overlap)) {
                throw NonFiniteOutput.at(prior, "the score", confidence + overlap);
            }
            float score = FaceScore.of(confidence, overlap);
            if (score > scoreThreshold) {
                locations.get(YuFaceOutputs.LOCATION * place, box);
                add(prior, score, candidates);
            }
        }
    }

    private float confidence(float background, float face) {
        return head.logits() ? (float) (1 / (1 + Math.exp(-((double) face - background)))) : face;
    }

    private void add(int prior, float score, Candidates candidates) {
        Priors priors = head.priors();
        float width = priors.width(prior);
        float height = priors.height(prior);
        float x = priors.centerX(prior) + box[0] * YuFaceOutputs.CENTER_VARIANCE * width;
        float y = priors.centerY(prior) + box[1] * YuFaceOutputs.CENTER_VARIANCE * height;
        float halfWidth = width * (float) Math.exp(box[2] * YuFaceOutputs.WIDTH_VARIANCE) / 2;
        float halfHeight = height * (float) Math.exp(box[3] * YuFaceOutputs.HEIGHT_VARIANCE) / 2;
        CornerBox.add(
                prior,
                x - halfWidth,
                y - halfHeight,
                x + halfWidth,
                y + halfHeight,
                score,
                0,
                candidates);
    }
}

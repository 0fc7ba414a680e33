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

import io.frameflow.nms.Candidates;
import io.frameflow.postprocess.CandidateDecoder;
import io.frameflow.postprocess.NonFiniteOutput;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads the outputs of SSD networks. A prior belongs to its best class besides the background, of
 * equals to the first; class 0 is the first behind the background.
 */
final class SsdDecoder implements CandidateDecoder {
    private static final int BOX = 4;

    private final SsdOutputs head;
    private final SsdEncoding encoding;
    private final Priors priors;
    private final float[] scores;
    private final float[] box = new float[BOX];

    SsdDecoder(SsdOutputs head) {
        this.head = head;
        this.encoding = head.encoding();
        this.priors = head.priors();
        this.scores = new float[1 + head.classes()];
    }

    @Override
    public void decode(
            List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates) {
        FloatBuffer allScores = outputs.get(head.scores());
        FloatBuffer allBoxes = outputs.get(head.boxes());
        for (int prior = 0; prior < priors.count(); prior++) {
            int place = image * priors.count() + prior;
            allScores.get(place * scores.length, scores);
            int best = bestClass();
            float score = score(best, scoreThreshold);
            if (!Float.isFinite(score)) {
                throw NonFiniteOutput.at(prior, "the score", score);
            }
            if (score > scoreThreshold) {
                allBoxes.get(place * BOX, box);
                add(prior, score, best - 1, candidates);
            }
        }
    }

    /** Place of the best score behind the background's, or of one that is no number. */
    private int bestClass() {
        int best = 1;
        for (int i = 1; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                return i;
            }
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The score of a class; 0 where it is not above the threshold. */
    private float score(int best, float threshold) {
        if (!encoding.logits()) {
            return scores[best];
        }
        // The score against the background alone is a bound of the score against all, and dismisses
        // nearly every prior.
        double bound = 1 / (1 + Math.exp(-((double) scores[best] - scores[0])));
        if (bound <= threshold) {
            return 0;
        }
        double sum = 0;
        for (float logit : scores) {
            sum += Math.exp((double) logit - scores[best]);
        }
        return (float) (1 / sum);
    }

    private void add(int prior, float score, int classId, Candidates candidates) {
        float left = box[0] * head.inputWidth();
        float top = box[1] * head.inputHeight();
        float right = box[2] * head.inputWidth();
        float bottom = box[3] * head.inputHeight();
        if (!encoding.decoded()) {
            float x =
                    priors.centerX(prior)
                            + box[0] * encoding.centerVariance() * priors.width(prior);
            float y =
                    priors.centerY(prior)
                            + box[1] * encoding.centerVariance() * priors.height(prior);
            float halfWidth = priors.width(prior) * growth(box[2]) / 2;
            float halfHeight = priors.height(prior) * growth(box[3]) / 2;
            left = x - halfWidth;
            top = y - halfHeight;
            right = x + halfWidth;
            bottom = y + halfHeight;
        }
        float sum = left + top + right + bottom;
        if (!Float.isFinite(sum)) {
            throw NonFiniteOutput.at(prior, "the box", sum);
        }
        if (encoding.clipped()) {
            left = clip(left, head.inputWidth());
            top = clip(top, head.inputHeight());
            right = clip(right, head.inputWidth());
            bottom = clip(bottom, head.inputHeight());
        }
        candidates.add(prior, left, top, right, bottom, score, classId);
    }

    private float growth(float difference) {
        float exponent = difference * encoding.sizeVariance();
        // Written so that a number that is none stays none.
        return (float)
                Math.exp(exponent > encoding.mostGrowth() ? encoding.mostGrowth() : exponent);
    }

    private static float clip(float value, int side) {
        return Math.max(0, Math.min(side, value));
    }
}

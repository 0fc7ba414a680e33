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
package io.frameflow.postprocess;

import io.frameflow.geometry.Letterbox;
import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ObjectLimits;
import io.frameflow.nms.Candidates;
import io.frameflow.nms.GreedyNms;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From candidates to detections: a family's decoder, then suppression, then the way back to source
 * pixels, where boxes end at the frame's edge. A box of which nothing lies in the frame is left
 * out: what a network sees in the padding is not there. So is one that the class rules do not
 * admit; as in nvinfer, their limits are applied last, to what would be reported.
 */
public final class DetectionPostprocessor implements Postprocessor {
    /** Best candidates of a frame that take part in the suppression, on the CPU as on the GPU. */
    public static final int MOST_CANDIDATES = 4096;

    private static final float NO_SUPPRESSION = 1;
    private static final float[] NO_KEYPOINTS = {};

    private final CandidateDecoder decoder;
    private final @Nullable KeypointReader keypoints;
    private final boolean suppressing;
    private final Candidates candidates = new Candidates(MOST_CANDIDATES);
    private final GreedyNms nms = new GreedyNms(MOST_CANDIDATES);

    /** Composes with a decoder, which this instance then owns. */
    public DetectionPostprocessor(CandidateDecoder decoder) {
        this(decoder, null, true);
    }

    /** Composes with a decoder and what reads the keypoints of its candidates. */
    public DetectionPostprocessor(CandidateDecoder decoder, KeypointReader keypoints) {
        this(decoder, keypoints, true);
    }

    private DetectionPostprocessor(
            CandidateDecoder decoder, @Nullable KeypointReader keypoints, boolean suppressing) {
        this.decoder = decoder;
        this.keypoints = keypoints;
        this.suppressing = suppressing;
    }

    /** For a network that has suppressed overlapping boxes itself: all candidates stay. */
    public static DetectionPostprocessor withoutSuppression(CandidateDecoder decoder) {
        return new DetectionPostprocessor(decoder, null, false);
    }

    @Override
    public Findings process(
            List<FloatBuffer> outputs,
            int image,
            Letterbox letterbox,
            DetectionThresholds thresholds) {
        ClassRules rules = thresholds.classRules();
        float general = thresholds.preCluster();
        candidates.clear();
        decoder.decode(outputs, image, rules.leastScoreThreshold(general), candidates);
        if (rules.differInScore()) {
            candidates.retain((classId, score) -> score > rules.scoreThreshold(classId, general));
        }
        int[] kept =
                nms.select(
                        candidates,
                        suppressing ? thresholds.nmsIou() : NO_SUPPRESSION,
                        thresholds.topk(),
                        thresholds.classAgnostic());
        if (kept.length == 0) {
            return Findings.nothing();
        }
        KeypointColumns points =
                keypoints == null
                        ? null
                        : new KeypointColumns(keypoints, outputs, image, kept.length);
        return Findings.of(detections(kept, letterbox, rules, points));
    }

    private Detections detections(
            int[] kept, Letterbox letterbox, ClassRules rules, @Nullable KeypointColumns points) {
        float[] boxes = new float[4 * kept.length];
        float[] scores = new float[kept.length];
        int[] classIds = new int[kept.length];
        int count = 0;
        for (int index : kept) {
            float score = candidates.score(index);
            if (points != null) {
                points.read(candidates.anchor(index), score, letterbox, count);
            }
            float left = letterbox.toSourceXClipped(candidates.left(index));
            float top = letterbox.toSourceYClipped(candidates.top(index));
            float width = letterbox.toSourceXClipped(candidates.right(index)) - left;
            float height = letterbox.toSourceYClipped(candidates.bottom(index)) - top;
            ObjectLimits limits = rules.limits(candidates.classId(index));
            if (width > 0
                    && height > 0
                    && limits.admit(top, width, height, letterbox.sourceHeight())) {
                boxes[4 * count] = left;
                boxes[4 * count + 1] = top;
                boxes[4 * count + 2] = width;
                boxes[4 * count + 3] = height;
                scores[count] = score;
                classIds[count] = candidates.classId(index);
                count++;
            }
        }
        return new Detections(
                Arrays.copyOf(boxes, 4 * count),
                Arrays.copyOf(scores, count),
                Arrays.copyOf(classIds, count),
                points == null ? NO_KEYPOINTS : points.of(count),
                points == null ? 0 : points.perDetection());
    }
}

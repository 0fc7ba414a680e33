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
package io.frameflow.engine.tensorrt;

import io.frameflow.model.DetectionThresholds;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoding and suppression that were added to a detector's network when its plan was built, so that
 * it ends in final boxes: the outputs {@code num_dets}, {@code det_boxes}, {@code det_scores} and
 * {@code det_classes} of the family {@code efficient-nms}. The numbers are fixed in the plan.
 *
 * @param scoreThreshold least score of a detection
 * @param iouThreshold overlap from which the weaker of two boxes is suppressed
 * @param mostObjects most detections an image
 * @param classAgnostic whether boxes of different classes suppress each other
 */
public record AppendedNms(
        double scoreThreshold, double iouThreshold, int mostObjects, boolean classAgnostic) {

    /** What a model file asks for. */
    public static AppendedNms of(DetectionThresholds thresholds) {
        return new AppendedNms(
                decimal(thresholds.classRules().leastScoreThreshold(thresholds.preCluster())),
                decimal(thresholds.nmsIou()),
                thresholds.topk(),
                thresholds.classAgnostic());
    }

    /** The number as it was written, without the digits that single precision adds. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /**
     * Whether detections are those that a model file asks for, once those below its thresholds are
     * left out.
     */
    public boolean serves(DetectionThresholds thresholds) {
        AppendedNms wanted = of(thresholds);
        return scoreThreshold <= wanted.scoreThreshold
                && iouThreshold == wanted.iouThreshold
                && mostObjects >= wanted.mostObjects
                && classAgnostic == wanted.classAgnostic;
    }

    /** The parts by name, in a fixed order. */
    Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("score_threshold", scoreThreshold);
        parts.put("iou_threshold", iouThreshold);
        parts.put("most_objects", mostObjects);
        parts.put("class_agnostic", classAgnostic);
        return parts;
    }
}

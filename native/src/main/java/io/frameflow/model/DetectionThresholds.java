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
package io.frameflow.model;

import org.jspecify.annotations.Nullable;

/**
 * Which candidates of a detector become detections.
 *
 * @param preCluster a candidate needs a score above this, 0 to 1; nvinfer's {@code
 *     pre-cluster-threshold}
 * @param nmsIou a candidate whose intersection over union with a better detection is above this is
 *     left out, 0 to 1; nvinfer's {@code nms-iou-threshold}
 * @param topk most detections a frame, the best of all classes, at least 1
 * @param classAgnostic whether a candidate also gives way to detections of other classes
 * @param classRules what is different for single classes
 */
public record DetectionThresholds(
        float preCluster, float nmsIou, int topk, boolean classAgnostic, ClassRules classRules) {

    /** What holds where a model file says nothing: the values of YOLOv5's own tools. */
    public static final DetectionThresholds DEFAULT =
            new DetectionThresholds(0.25f, 0.45f, 300, false, ClassRules.NONE);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public DetectionThresholds {
        if (!(preCluster >= 0 && preCluster <= 1) || !(nmsIou >= 0 && nmsIou <= 1) || topk < 1) {
            throw new IllegalArgumentException(
                    "score above %s, overlap at most %s, best %d"
                            .formatted(preCluster, nmsIou, topk));
        }
    }

    /**
     * The thresholds of a frame that has some of its own. Classes with a score threshold of their
     * own keep it.
     *
     * @param otherPreCluster takes the place of {@code preCluster}; null for keeping it
     * @param otherNmsIou takes the place of {@code nmsIou}; null for keeping it
     * @throws IllegalArgumentException if a number is out of range
     */
    public DetectionThresholds with(@Nullable Float otherPreCluster, @Nullable Float otherNmsIou) {
        if (otherPreCluster == null && otherNmsIou == null) {
            return this;
        }
        return new DetectionThresholds(
                otherPreCluster == null ? preCluster : otherPreCluster,
                otherNmsIou == null ? nmsIou : otherNmsIou,
                topk,
                classAgnostic,
                classRules);
    }
}

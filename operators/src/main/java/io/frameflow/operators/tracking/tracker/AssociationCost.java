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
package io.frameflow.operators.tracking.tracker;

/** How badly a detection fits a track. */
@FunctionalInterface
interface AssociationCost {
    /** The share of the two boxes that does not overlap: 1 less intersection over union. */
    AssociationCost IOU_DISTANCE = (overlap, score) -> 1 - overlap;

    /**
     * The same with the overlap weighted by the confidence of the detection, so that of two boxes
     * that fit alike the surer one is taken. ByteTrack's {@code fuse_score}.
     */
    AssociationCost SCORE_FUSED_IOU_DISTANCE =
            (overlap, score) -> 1 - overlap * Math.max(0, Math.min(1, score));

    /**
     * The cost of a pair.
     *
     * @param overlap intersection over union of the predicted and the detected box, 0 to 1
     * @param score confidence of the detection
     * @return 0 for a perfect fit, 1 for none
     */
    double of(double overlap, double score);
}

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

import java.util.List;

/**
 * What a family leaves open about the outputs of its networks.
 *
 * @param scoreActivation what makes scores of the outputs, for families whose networks differ in it
 * @param anchors for families with anchors: for each scale, the finest first, {@code width, height}
 *     of each anchor in pixels of the input
 */
public record HeadOptions(ScoreActivation scoreActivation, List<List<Double>> anchors) {
    /** Scales that a head with anchors can have. */
    public static final int MOST_SCALES = 4;

    /** The anchors of YOLOv3 and YOLOv5 for COCO. */
    public static final List<List<Double>> COCO_ANCHORS =
            List.of(
                    List.of(10.0, 13.0, 16.0, 30.0, 33.0, 23.0),
                    List.of(30.0, 61.0, 62.0, 45.0, 59.0, 119.0),
                    List.of(116.0, 90.0, 156.0, 198.0, 373.0, 326.0));

    /** What holds where a model file says nothing. */
    public static final HeadOptions DEFAULT = new HeadOptions(ScoreActivation.NONE, COCO_ANCHORS);

    /** Copies the lists. */
    public HeadOptions {
        anchors = anchors.stream().map(List::copyOf).toList();
    }
}

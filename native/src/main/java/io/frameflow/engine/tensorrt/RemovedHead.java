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

import java.util.List;

/**
 * The head of a network of the family {@code yolov5} that was cut off before its plan was built, so
 * that it ends in the feature maps of the family {@code yolov5-raw}.
 *
 * @param anchors width and height of each anchor in pixels of the input, a list for each scale, the
 *     finest first
 */
public record RemovedHead(List<List<Double>> anchors) {
    /** Copies the lists. */
    public RemovedHead {
        anchors = anchors.stream().map(List::copyOf).toList();
    }
}

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

import java.util.Set;

/** Networks whose outputs are laid out alike, and which one decoder can read. */
public enum Family {
    /**
     * YOLOv5 with the head in the graph: one output of {@code [batch, candidates, 5 + classes]},
     * each candidate {@code centre x, centre y, width, height, objectness, score of each class}, in
     * pixels of the input.
     */
    YOLOV5,
    /**
     * YOLOv8 and its successors with the head in the graph: one output of {@code [batch, 4 +
     * classes, candidates]}, each candidate a column of {@code centre x, centre y, width, height,
     * score of each class}, in pixels of the input.
     */
    YOLOV8;

    /** The tasks that networks of this family exist for. */
    public Set<Task> tasks() {
        return switch (this) {
            case YOLOV5, YOLOV8 -> Set.of(Task.DETECTION);
        };
    }
}

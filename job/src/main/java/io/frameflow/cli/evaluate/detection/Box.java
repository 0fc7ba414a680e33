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
package io.frameflow.cli.evaluate.detection;

import io.frameflow.result.Detections;

/**
 * A rectangle in pixels.
 *
 * @param left left side
 * @param top upper side
 * @param width width
 * @param height height
 */
record Box(double left, double top, double width, double height) {
    /** The box of one object. */
    static Box of(Detections detections, int object) {
        float[] boxes = detections.boxes();
        int at = 4 * object;
        return new Box(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    }

    double area() {
        return width * height;
    }

    /** Area that both cover. */
    double intersection(Box other) {
        double wide = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        double high = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        return wide > 0 && high > 0 ? wide * high : 0;
    }
}

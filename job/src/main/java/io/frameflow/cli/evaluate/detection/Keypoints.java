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

import java.util.List;

/**
 * The points of one object, as COCO's files have them.
 *
 * @param values {@code x, y} in pixels and a third number of each point: in ground truth 0 for one
 *     that is not labelled
 */
record Keypoints(List<Double> values) {
    /** No points. */
    static final Keypoints NONE = new Keypoints(List.of());

    Keypoints {
        values = List.copyOf(values);
    }

    int count() {
        return values.size() / 3;
    }

    double x(int point) {
        return values.get(3 * point);
    }

    double y(int point) {
        return values.get(3 * point + 1);
    }

    boolean isLabelled(int point) {
        return values.get(3 * point + 2) > 0;
    }

    /** The smallest box around all points, labelled or not. */
    Box extent() {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int point = 0; point < count(); point++) {
            left = Math.min(left, x(point));
            top = Math.min(top, y(point));
            right = Math.max(right, x(point));
            bottom = Math.max(bottom, y(point));
        }
        return new Box(left, top, right - left, bottom - top);
    }
}

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
package io.frameflow.pipeline.cut;

/** What family {@code yolov5-raw} makes of numbers before the head, in double precision. */
final class RawRow {
    private RawRow() {}

    /**
     * A number of a candidate.
     *
     * @param channel its place among the candidate's
     * @param value the number before the head
     * @param cell column or row, for centres
     * @param stride pixels of a cell, for centres
     * @param anchor side of the anchor, for sides
     */
    static double decode(int channel, double value, int cell, int stride, double anchor) {
        return switch (channel) {
            case 0, 1 -> (2 * logistic(value) - 0.5 + cell) * stride;
            case 2, 3 -> sideFactor(value) * anchor;
            default -> logistic(value);
        };
    }

    /** How many times the anchor's side a side is. */
    static double sideFactor(double value) {
        double twice = 2 * logistic(value);
        return twice * twice;
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}

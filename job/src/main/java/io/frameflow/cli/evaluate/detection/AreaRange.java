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

/** Sizes of objects as COCO divides them, in pixels; both ends belong to a range. */
enum AreaRange {
    ALL(0, 1e5 * 1e5),
    SMALL(0, 32 * 32),
    MEDIUM(32 * 32, 96 * 96),
    LARGE(96 * 96, 1e5 * 1e5);

    private final double least;
    private final double most;

    AreaRange(double least, double most) {
        this.least = least;
        this.most = most;
    }

    boolean contains(double area) {
        return area >= least && area <= most;
    }
}

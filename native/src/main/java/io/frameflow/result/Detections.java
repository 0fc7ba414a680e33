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
package io.frameflow.result;

/**
 * The objects found in one frame, as columns, highest score first; equal scores keep the order of
 * the model's candidates.
 *
 * <p>The arrays are not copied: whoever makes an instance hands them over and no longer writes to
 * them, whoever reads them does not change them.
 *
 * @param boxes {@code left, top, width, height} of each object, in pixels of the source frame; 4
 *     values an object
 * @param scores confidence of each object, 0 to 1
 * @param classIds class of each object, from 0
 * @param keypoints {@code x, y, score} of each keypoint of each object, in pixels of the source
 *     frame; null for families without keypoints
 * @param keypointCount keypoints an object; 0 for families without
 */
public record Detections(
        float[] boxes, float[] scores, int[] classIds, float[] keypoints, int keypointCount) {

    private static final float[] NO_KEYPOINTS = {};
    private static final Detections EMPTY =
            new Detections(new float[0], new float[0], new int[0], NO_KEYPOINTS, 0);

    /** Checks that the columns have the same number of objects. */
    public Detections {
        int count = scores.length;
        if (boxes.length != 4 * count
                || classIds.length != count
                || keypoints.length != 3 * keypointCount * count) {
            throw new IllegalArgumentException("columns differ in their number of objects");
        }
    }

    /** Objects without keypoints. */
    public static Detections of(float[] boxes, float[] scores, int[] classIds) {
        return new Detections(boxes, scores, classIds, NO_KEYPOINTS, 0);
    }

    /** No objects. */
    public static Detections empty() {
        return EMPTY;
    }

    /** Number of objects. */
    public int count() {
        return scores.length;
    }

    /** Left edge of an object in pixels. */
    public float left(int object) {
        return boxes[4 * object];
    }

    /** Upper edge of an object in pixels. */
    public float top(int object) {
        return boxes[4 * object + 1];
    }

    /** Width of an object in pixels. */
    public float width(int object) {
        return boxes[4 * object + 2];
    }

    /** Height of an object in pixels. */
    public float height(int object) {
        return boxes[4 * object + 3];
    }
}

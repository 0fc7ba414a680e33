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
 */
public final class Detections {
    private static final float[] NO_KEYPOINTS = {};
    private static final Detections EMPTY = of(new float[0], new float[0], new int[0]);

    private final float[] boxes;
    private final float[] scores;
    private final int[] classIds;
    private final float[] keypoints;
    private final int keypointCount;

    /**
     * Objects with keypoints.
     *
     * @param boxes {@code left, top, width, height} of each object, in pixels of the source frame
     * @param scores confidence of each object, 0 to 1
     * @param classIds class of each object, from 0
     * @param keypoints {@code x, y, score} of each keypoint of each object, in pixels of the source
     *     frame
     * @param keypointCount keypoints an object; 0 for families without
     * @throws IllegalArgumentException if the columns differ in their number of objects
     */
    public Detections(
            float[] boxes, float[] scores, int[] classIds, float[] keypoints, int keypointCount) {
        int count = scores.length;
        if (boxes.length != 4 * count
                || classIds.length != count
                || keypoints.length != 3 * keypointCount * count) {
            throw new IllegalArgumentException("columns differ in their number of objects");
        }
        this.boxes = boxes;
        this.scores = scores;
        this.classIds = classIds;
        this.keypoints = keypoints;
        this.keypointCount = keypointCount;
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

    /** {@code left, top, width, height} of each object, in pixels of the source frame. */
    public float[] boxes() {
        return boxes;
    }

    /** Confidence of each object, 0 to 1. */
    public float[] scores() {
        return scores;
    }

    /** Class of each object, from 0. */
    public int[] classIds() {
        return classIds;
    }

    /** {@code x, y, score} of each keypoint of each object, in pixels of the source frame. */
    public float[] keypoints() {
        return keypoints;
    }

    /** Keypoints an object; 0 for families without. */
    public int keypointCount() {
        return keypointCount;
    }
}

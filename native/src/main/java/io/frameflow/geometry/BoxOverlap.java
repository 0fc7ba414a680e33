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
package io.frameflow.geometry;

/**
 * Intersection over union of boxes, in single precision and in the order of operations of
 * torchvision's {@code box_iou}, so that comparisons with a threshold come out the same.
 */
public final class BoxOverlap {
    private BoxOverlap() {}

    /**
     * Area of a box in square pixels.
     *
     * @return 0 for a box whose right side is left of its left one, or its lower above its upper
     */
    public static float area(float left, float top, float right, float bottom) {
        return Math.max(0f, right - left) * Math.max(0f, bottom - top);
    }

    /**
     * Intersection over union of two boxes whose areas are known.
     *
     * @return 0 to 1; 0 for boxes that only touch and for two boxes without area; not a number if a
     *     coordinate is not one
     */
    public static float iou(
            float leftA,
            float topA,
            float rightA,
            float bottomA,
            float areaA,
            float leftB,
            float topB,
            float rightB,
            float bottomB,
            float areaB) {
        float width = Math.max(0f, Math.min(rightA, rightB) - Math.max(leftA, leftB));
        float height = Math.max(0f, Math.min(bottomA, bottomB) - Math.max(topA, topB));
        float intersection = width * height;
        if (intersection == 0f) {
            return 0f;
        }
        return intersection / (areaA + areaB - intersection);
    }

    /** Intersection over union of two boxes, as {@link #area} sees them. */
    public static float iou(
            float leftA,
            float topA,
            float rightA,
            float bottomA,
            float leftB,
            float topB,
            float rightB,
            float bottomB) {
        return iou(
                leftA,
                topA,
                rightA,
                bottomA,
                area(leftA, topA, rightA, bottomA),
                leftB,
                topB,
                rightB,
                bottomB,
                area(leftB, topB, rightB, bottomB));
    }
}

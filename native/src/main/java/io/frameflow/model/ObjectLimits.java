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

/**
 * Where an object may lie in its frame and how large it may be, in pixels of the source frame;
 * nvinfer's keys of the same names. 0 is no limit.
 *
 * @param minWidth {@code detected-min-w}: a narrower object is left out
 * @param minHeight {@code detected-min-h}: a lower object is left out
 * @param maxWidth {@code detected-max-w}: a wider object is left out
 * @param maxHeight {@code detected-max-h}: a higher object is left out
 * @param roiTop {@code roi-top-offset}: an object that begins less than this below the frame's
 *     upper edge is left out
 * @param roiBottom {@code roi-bottom-offset}: an object that ends less than this above the frame's
 *     lower edge is left out
 */
public record ObjectLimits(
        float minWidth,
        float minHeight,
        float maxWidth,
        float maxHeight,
        float roiTop,
        float roiBottom) {
    /** Every object. */
    public static final ObjectLimits NONE = new ObjectLimits(0, 0, 0, 0, 0, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is negative or not finite, or nothing can lie
     *     between a lower and an upper one
     */
    public ObjectLimits {
        boolean usable =
                isLimit(minWidth)
                        && isLimit(minHeight)
                        && isLimit(maxWidth)
                        && isLimit(maxHeight)
                        && isLimit(roiTop)
                        && isLimit(roiBottom);
        if (!usable || excludes(minWidth, maxWidth) || excludes(minHeight, maxHeight)) {
            throw new IllegalArgumentException(
                    "width from %s to %s, height from %s to %s, %s below the top, %s above the bottom"
                            .formatted(
                                    minWidth, maxWidth, minHeight, maxHeight, roiTop, roiBottom));
        }
    }

    private static boolean isLimit(float value) {
        return value >= 0 && Float.isFinite(value);
    }

    private static boolean excludes(float least, float most) {
        return most > 0 && least > most;
    }

    /**
     * Whether an object stays.
     *
     * @param top upper side of its box
     * @param width width of its box
     * @param height height of its box
     * @param frameHeight height of the frame
     */
    public boolean admit(float top, float width, float height, int frameHeight) {
        return width >= minWidth
                && height >= minHeight
                && (maxWidth == 0 || width <= maxWidth)
                && (maxHeight == 0 || height <= maxHeight)
                && top >= roiTop
                && top + height <= frameHeight - roiBottom;
    }
}

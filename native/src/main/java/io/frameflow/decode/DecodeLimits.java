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
package io.frameflow.decode;

import java.io.Serializable;

/**
 * The largest pictures that are decoded. Checked against a picture's header before memory for its
 * pixels is taken, so that a few bytes cannot claim gigabytes. A decoder takes at most about 4
 * bytes of heap a pixel, and for progressive JPEG 6 bytes of native memory besides.
 *
 * @param maxSide longest side in pixels
 * @param maxPixels most pixels
 */
public record DecodeLimits(int maxSide, int maxPixels) implements Serializable {
    /** Most pixels that can be asked for: a picture of 4 bytes a pixel has to fit an array. */
    public static final int LARGEST_MAX_PIXELS = 1 << 28;

    /** Sides of 8192 pixels, and 4096 x 4096 pixels: twice what a 4K camera delivers. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(8192, 4096 * 4096);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is not positive, or more pixels are allowed than
     *     {@link #LARGEST_MAX_PIXELS}
     */
    public DecodeLimits {
        if (maxSide < 1 || maxPixels < 1 || maxPixels > LARGEST_MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "longest side and pixels must be at least 1, pixels at most %d; are %d and %d"
                            .formatted(LARGEST_MAX_PIXELS, maxSide, maxPixels));
        }
    }
}

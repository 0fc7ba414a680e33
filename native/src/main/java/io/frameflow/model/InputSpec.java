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

import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;

/**
 * What the network's input looks like: planes of {@code height} rows of {@code width} numbers, one
 * plane a colour channel.
 *
 * @param width width in pixels, at least 1
 * @param height height in pixels, at least 1
 * @param colorOrder order of the planes
 * @param normalization how a pixel becomes a number
 * @param scaling how a frame of another size is fitted in
 * @param resizePrecision numbers in which it is scaled
 * @param padValue value of all three channels of the padding before normalisation, 0 to 255
 */
public record InputSpec(
        int width,
        int height,
        ColorOrder colorOrder,
        Normalization normalization,
        Scaling scaling,
        ResizePrecision resizePrecision,
        int padValue) {

    /** An input for which frames are scaled as 8-bit pictures. */
    public InputSpec(
            int width,
            int height,
            ColorOrder colorOrder,
            Normalization normalization,
            Scaling scaling,
            int padValue) {
        this(width, height, colorOrder, normalization, scaling, ResizePrecision.UINT8, padValue);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a side or the pad value is out of range
     */
    public InputSpec {
        if (width < 1 || height < 1 || padValue < 0 || padValue > 255) {
            throw new IllegalArgumentException(
                    "input of %d x %d with pad value %d".formatted(width, height, padValue));
        }
    }

    /** Where a frame of this size lies in the input. */
    public Letterbox letterbox(int sourceWidth, int sourceHeight) {
        return Letterbox.of(scaling, sourceWidth, sourceHeight, width, height);
    }
}

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

import io.frameflow.failure.FailureCode;

/**
 * What the size of one picture must be.
 *
 * @param limits the largest picture allowed
 * @param declaredWidth width that the frame declares; 0 where it does not
 * @param declaredHeight height that the frame declares; 0 where it does not
 */
record SizeRules(DecodeLimits limits, int declaredWidth, int declaredHeight) {

    /** Checks the size that the picture's own header names. */
    void checkHeader(long width, long height) {
        if (declaredWidth < 0 || declaredHeight < 0) {
            throw BadImage.of(
                    FailureCode.INVALID_DIMENSIONS,
                    "the frame declares %d x %d pixels",
                    declaredWidth,
                    declaredHeight);
        }
        checkLimits(width, height);
        boolean matches =
                (declaredWidth == 0 || declaredWidth == width)
                        && (declaredHeight == 0 || declaredHeight == height);
        if (!matches) {
            throw BadImage.of(
                    FailureCode.DIMENSIONS_MISMATCH,
                    "the picture has %d x %d pixels, the frame declares %d x %d",
                    width,
                    height,
                    declaredWidth,
                    declaredHeight);
        }
    }

    /** Checks the declared size, where the picture has no header. */
    void checkDeclared() {
        checkLimits(declaredWidth, declaredHeight);
    }

    private void checkLimits(long width, long height) {
        if (width < 1 || height < 1) {
            throw BadImage.of(
                    FailureCode.INVALID_DIMENSIONS,
                    "the picture has %d x %d pixels",
                    width,
                    height);
        }
        // The sides are compared first: their product could overflow.
        if (Math.max(width, height) > limits.maxSide() || width * height > limits.maxPixels()) {
            throw BadImage.of(
                    FailureCode.IMAGE_TOO_LARGE,
                    "the picture has %d x %d pixels; sides of %d and %d pixels in all are allowed",
                    width,
                    height,
                    limits.maxSide(),
                    limits.maxPixels());
        }
    }
}

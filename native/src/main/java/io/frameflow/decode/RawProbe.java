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
import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;

/** Checks raw pictures against the size that their frame declares. */
public final class RawProbe {
    private RawProbe() {}

    /**
     * Checks a raw picture.
     *
     * @param encoding a raw encoding
     * @param width declared width in pixels
     * @param height declared height in pixels
     * @param image the pixels, from position to limit
     * @param limits the largest picture that is allowed
     * @throws io.frameflow.failure.FrameflowException of the kind BAD_INPUT if the size is not
     *     possible, too large, or not that of the bytes
     */
    public static void check(
            ImageEncoding encoding, int width, int height, ByteBuffer image, DecodeLimits limits) {
        check(encoding, image, new SizeRules(limits, width, height));
    }

    static void check(ImageEncoding encoding, ByteBuffer image, SizeRules size) {
        size.checkDeclared();
        int width = size.declaredWidth();
        int height = size.declaredHeight();
        if (encoding == ImageEncoding.NV12 && (width % 2 != 0 || height % 2 != 0)) {
            throw BadImage.of(
                    FailureCode.INVALID_DIMENSIONS,
                    "an NV12 picture has even sides, not %d x %d",
                    width,
                    height);
        }
        int expected = expectedBytes(encoding, width * height);
        if (image.remaining() != expected) {
            throw BadImage.of(
                    FailureCode.RAW_SIZE_MISMATCH,
                    "a raw picture of %d x %d pixels needs %d bytes and has %d",
                    width,
                    height,
                    expected,
                    image.remaining());
        }
    }

    private static int expectedBytes(ImageEncoding encoding, int pixels) {
        return switch (encoding) {
            case GRAY8 -> pixels;
            case RGB8, BGR8 -> 3 * pixels;
            case NV12 -> pixels / 2 * 3;
            case JPEG, PNG -> throw new IllegalArgumentException(encoding + " is not raw");
        };
    }
}

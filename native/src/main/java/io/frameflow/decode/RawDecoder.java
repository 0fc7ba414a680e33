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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;

/** Reads pictures that are pixels already, in place where the buffer allows it. */
final class RawDecoder {
    private final ScratchBytes copy = new ScratchBytes();
    private final ScratchBytes pixels = new ScratchBytes();

    DecodedImage decode(ImageEncoding encoding, ByteBuffer image, SizeRules size) {
        RawProbe.check(encoding, image, size);
        int width = size.declaredWidth();
        int height = size.declaredHeight();
        return switch (encoding) {
            case GRAY8 -> interleaved(PixelFormat.GRAY8, image, width, height);
            case RGB8 -> interleaved(PixelFormat.RGB8, image, width, height);
            case BGR8 -> interleaved(PixelFormat.BGR8, image, width, height);
            case NV12 -> nv12(image, width, height);
            case JPEG, PNG -> throw new IllegalArgumentException(encoding + " is not raw");
        };
    }

    private DecodedImage interleaved(PixelFormat format, ByteBuffer image, int width, int height) {
        return image.hasArray()
                ? new DecodedImage(
                        width,
                        height,
                        format,
                        image.array(),
                        image.arrayOffset() + image.position())
                : new DecodedImage(width, height, format, copyOf(image), 0);
    }

    private DecodedImage nv12(ByteBuffer image, int width, int height) {
        byte[] target = pixels.atLeast(3 * width * height);
        if (image.hasArray()) {
            int offset = image.arrayOffset() + image.position();
            Nv12.toRgb(image.array(), offset, width, height, target);
        } else {
            Nv12.toRgb(copyOf(image), 0, width, height, target);
        }
        return new DecodedImage(width, height, PixelFormat.RGB8, target, 0);
    }

    private byte[] copyOf(ByteBuffer image) {
        byte[] bytes = copy.atLeast(image.remaining());
        image.get(image.position(), bytes, 0, image.remaining());
        return bytes;
    }
}

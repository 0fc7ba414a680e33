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

import static io.frameflow.failure.FailureCode.INVALID_IMAGE_HEADER;

import java.nio.ByteBuffer;

/**
 * The header chunk of a PNG file (PNG specification, 11.2.2).
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param bitDepth bits a sample, or a palette index
 * @param colorType what a pixel is made of
 */
record PngHeader(int width, int height, int bitDepth, ColorType colorType) {
    static final int LENGTH = 13;

    /** What a pixel is made of, with the bit depths that the specification allows, as a bit set. */
    enum ColorType {
        GRAY(0, 1, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16),
        RGB(2, 3, 1 << 8 | 1 << 16),
        PALETTE(3, 1, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8),
        GRAY_ALPHA(4, 2, 1 << 8 | 1 << 16),
        RGB_ALPHA(6, 4, 1 << 8 | 1 << 16);

        private final int code;
        private final int channels;
        private final int bitDepths;

        ColorType(int code, int channels, int bitDepths) {
            this.code = code;
            this.channels = channels;
            this.bitDepths = bitDepths;
        }

        /** Samples a pixel. */
        int channels() {
            return channels;
        }

        private boolean allows(int bitDepth) {
            return bitDepth <= 16 && (bitDepths & 1 << bitDepth) != 0;
        }
    }

    /** Reads and checks the contents of the chunk, at the buffer's position. */
    static PngHeader read(ByteBuffer contents, SizeRules size) {
        long width = Integer.toUnsignedLong(contents.getInt());
        long height = Integer.toUnsignedLong(contents.getInt());
        int bitDepth = contents.get() & 0xFF;
        int colorCode = contents.get() & 0xFF;
        int compression = contents.get();
        int filter = contents.get();
        int interlace = contents.get();
        size.checkHeader(width, height);
        for (ColorType colorType : ColorType.values()) {
            if (colorType.code == colorCode
                    && colorType.allows(bitDepth)
                    && compression == 0
                    && filter == 0
                    && (interlace == 0 || interlace == 1)) {
                return new PngHeader((int) width, (int) height, bitDepth, colorType);
            }
        }
        throw BadImage.of(
                INVALID_IMAGE_HEADER,
                "the PNG header has colour type %d, bit depth %d, compression %d, filter %d,"
                        + " interlace %d",
                colorCode,
                bitDepth,
                compression,
                filter,
                interlace);
    }
}

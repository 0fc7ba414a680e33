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
package io.frameflow.image;

/** How the bytes of a picture are to be read. */
public enum ImageEncoding {
    /** A complete JPEG file, baseline or progressive. */
    JPEG,
    /** A complete PNG file. */
    PNG,
    /** Interleaved blue, green, red, one byte each, rows without padding. */
    BGR8,
    /** Interleaved red, green, blue, one byte each, rows without padding. */
    RGB8,
    /** One byte of luma a pixel, rows without padding. */
    GRAY8,
    /**
     * A plane of luma, then a plane of interleaved Cb and Cr at half width and height; both sides
     * are even. BT.601, limited range, as OpenCV's {@code COLOR_YUV2BGR_NV12}.
     */
    NV12;

    /** Whether the bytes are pixels, whose size the frame must declare. */
    public boolean isRaw() {
        return this != JPEG && this != PNG;
    }
}

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
package io.frameflow.cuda.kernel;

/**
 * How the bytes of a picture in device memory are read: {@code PictureLayout} in {@code
 * picture.cuh}.
 */
public enum PictureLayout {
    /** Interleaved red, green, blue. */
    RGB8(0),
    /** Interleaved blue, green, red. */
    BGR8(1),
    /** Luma alone. */
    GRAY8(2),
    /**
     * A plane of luma, then one of interleaved Cb and Cr at half width and height; BT.601, limited
     * range.
     */
    NV12(3),
    /** Planes of luma, Cb and Cr of the same size; BT.601, full range, as all planar ones. */
    YUV444(4),
    /** A plane of luma, then Cb and Cr at half width. */
    YUV422(5),
    /** A plane of luma, then Cb and Cr at half width and height. */
    YUV420(6);

    private final int code;

    PictureLayout(int code) {
        this.code = code;
    }

    /** Whether chroma has planes of its own. */
    public boolean isPlanar() {
        return this == YUV444 || this == YUV422 || this == YUV420;
    }

    /** Whether the first plane is luma alone, rather than pixels of three channels. */
    public boolean isInPlanes() {
        return this != RGB8 && this != BGR8;
    }

    /** Bytes of a row of the first plane without padding. */
    public int rowBytes(int width) {
        return this == RGB8 || this == BGR8 ? 3 * width : width;
    }

    /** Bytes from one row of chroma to the next, in a planar picture. */
    public int chromaPitch(int pitch) {
        return this == YUV444 ? pitch : pitch / 2;
    }

    /** Rows of each chroma plane, in a planar picture. */
    public int chromaRows(int height) {
        return this == YUV420 ? (height + 1) / 2 : height;
    }

    /**
     * Bytes of a whole picture.
     *
     * @param pitch bytes from one row to the next; even where chroma has half the width
     */
    public long bytes(int pitch, int height) {
        long first = (long) pitch * height;
        if (isPlanar()) {
            return first + 2L * chromaPitch(pitch) * chromaRows(height);
        }
        return this == NV12 ? first * 3 / 2 : first;
    }

    /** Its number in {@code picture.cuh}. */
    int code() {
        return code;
    }
}

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

import java.util.Objects;

/**
 * A picture as pixels in host memory. A view: the array belongs to whoever made the picture and may
 * be longer than the picture, and the maker says how long it stays as it is.
 */
public final class DecodedImage {
    private final int width;
    private final int height;
    private final PixelFormat format;
    private final byte[] pixels;
    private final int offset;

    /**
     * A picture within an array.
     *
     * @param width width in pixels, at least 1
     * @param height height in pixels, at least 1
     * @param format layout of a pixel
     * @param pixels holds the rows from top to bottom, without padding
     * @param offset index of the first byte of the picture in {@code pixels}
     * @throws IllegalArgumentException if a side is not positive
     * @throws IndexOutOfBoundsException if the picture does not lie within the array
     */
    public DecodedImage(int width, int height, PixelFormat format, byte[] pixels, int offset) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d pixels".formatted(width, height));
        }
        Objects.checkFromIndexSize(
                (long) offset, (long) width * height * format.channels(), pixels.length);
        this.width = width;
        this.height = height;
        this.format = format;
        this.pixels = pixels;
        this.offset = offset;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Layout of a pixel. */
    public PixelFormat format() {
        return format;
    }

    /** The array that the picture lies in; not to be changed. */
    public byte[] pixels() {
        return pixels;
    }

    /** Index of the first byte of the picture in {@link #pixels()}. */
    public int offset() {
        return offset;
    }

    /** Bytes from one row to the next. */
    public int rowBytes() {
        return width * format.channels();
    }
}

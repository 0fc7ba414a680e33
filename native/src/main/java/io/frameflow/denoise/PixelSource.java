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
package io.frameflow.denoise;

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;

/**
 * Pixels of a picture packed as red, green and blue from the lowest byte on, whatever its format.
 */
final class PixelSource {
    private final DecodedImage image;
    private final byte[] bytes;
    private final int step;
    private final int red;
    private final int green;
    private final int blue;

    PixelSource(DecodedImage image) {
        PixelFormat format = image.format();
        this.image = image;
        this.bytes = image.pixels();
        this.step = format.channels();
        this.red = format.red();
        this.green = format.green();
        this.blue = format.blue();
    }

    int width() {
        return image.width();
    }

    int height() {
        return image.height();
    }

    int pixel(int x, int y) {
        return packed(image.offset() + y * image.rowBytes() + x * step);
    }

    /** A whole row into {@code target}. */
    void row(int y, int[] target) {
        int at = image.offset() + y * image.rowBytes();
        for (int x = 0; x < image.width(); x++) {
            target[x] = packed(at);
            at += step;
        }
    }

    private int packed(int at) {
        return (bytes[at + red] & 0xFF)
                | ((bytes[at + green] & 0xFF) << 8)
                | ((bytes[at + blue] & 0xFF) << 16);
    }
}

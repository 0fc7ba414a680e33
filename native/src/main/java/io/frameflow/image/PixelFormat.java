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

/** Layout of a decoded picture: interleaved channels of one byte, rows without padding. */
public enum PixelFormat {
    /** One channel of luma. */
    GRAY8(1, 0, 0, 0),
    /** Red, green, blue. */
    RGB8(3, 0, 1, 2),
    /** Blue, green, red. */
    BGR8(3, 2, 1, 0);

    private final int channels;
    private final int red;
    private final int green;
    private final int blue;

    PixelFormat(int channels, int red, int green, int blue) {
        this.channels = channels;
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /** Bytes a pixel. */
    public int channels() {
        return channels;
    }

    /** Place of red within a pixel; that of luma where there is no colour. */
    public int red() {
        return red;
    }

    /** Place of green within a pixel; that of luma where there is no colour. */
    public int green() {
        return green;
    }

    /** Place of blue within a pixel; that of luma where there is no colour. */
    public int blue() {
        return blue;
    }
}

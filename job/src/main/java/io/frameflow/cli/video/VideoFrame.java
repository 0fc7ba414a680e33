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
package io.frameflow.cli.video;

import io.frameflow.image.ImageEncoding;

/** One decoded picture of a video. The pixels are handed over, not copied. */
public final class VideoFrame {
    private final ImageEncoding layout;
    private final int width;
    private final int height;
    private final byte[] pixels;
    private final long mediaTimeMicros;

    /**
     * A picture.
     *
     * @param layout how the pixels lie: one of the raw encodings, rows without padding
     * @param width width in pixels
     * @param height height in pixels
     * @param pixels the pixels
     * @param mediaTimeMicros time since the first picture, in microseconds; rises from picture to
     *     picture
     */
    public VideoFrame(
            ImageEncoding layout, int width, int height, byte[] pixels, long mediaTimeMicros) {
        this.layout = layout;
        this.width = width;
        this.height = height;
        this.pixels = pixels;
        this.mediaTimeMicros = mediaTimeMicros;
    }

    /** How the pixels lie. */
    public ImageEncoding layout() {
        return layout;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** The pixels, rows without padding. */
    public byte[] pixels() {
        return pixels;
    }

    /** Time since the first picture, in microseconds. */
    public long mediaTimeMicros() {
        return mediaTimeMicros;
    }
}

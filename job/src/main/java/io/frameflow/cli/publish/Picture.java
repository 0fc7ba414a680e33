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
package io.frameflow.cli.publish;

import io.frameflow.image.ImageEncoding;

/** One encoded picture of a source, ready to be published. The bytes are handed over. */
public final class Picture {
    private final ImageEncoding encoding;
    private final int width;
    private final int height;
    private final byte[] bytes;
    private final long mediaTimeMicros;

    /**
     * A picture.
     *
     * @param encoding how {@code bytes} are to be read
     * @param width width in pixels; 0 where a file says it itself
     * @param height height in pixels; 0 where a file says it itself
     * @param bytes the encoded picture
     * @param mediaTimeMicros time since the first picture of the source, in microseconds
     */
    Picture(ImageEncoding encoding, int width, int height, byte[] bytes, long mediaTimeMicros) {
        this.encoding = encoding;
        this.width = width;
        this.height = height;
        this.bytes = bytes;
        this.mediaTimeMicros = mediaTimeMicros;
    }

    /** How the bytes are to be read. */
    public ImageEncoding encoding() {
        return encoding;
    }

    /** Width in pixels; 0 where a file says it itself. */
    public int width() {
        return width;
    }

    /** Height in pixels; 0 where a file says it itself. */
    public int height() {
        return height;
    }

    /** The encoded picture; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    long mediaTimeMicros() {
        return mediaTimeMicros;
    }
}

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
import java.io.IOException;
import java.nio.file.Path;

/**
 * A small video whose pictures tell their number: five upright bars, black for 0 and white for 1,
 * the lowest bit on the left.
 */
public final class TestClip {
    public static final int WIDTH = 160;
    public static final int HEIGHT = 120;
    public static final int FRAMES_PER_SECOND = 20;
    private static final int BITS = 5;

    private TestClip() {}

    /** Writes a clip of so many pictures; at most 32, so that their numbers differ. */
    public static Path write(Path file, int frames) throws IOException {
        try (VideoWriter writer = VideoWriter.create(file, WIDTH, HEIGHT, FRAMES_PER_SECOND)) {
            for (int i = 0; i < frames; i++) {
                writer.write(frame(i));
            }
            writer.complete();
        }
        return file;
    }

    /** The picture with a number, as it was before compression. */
    public static VideoFrame frame(int number) {
        byte[] pixels = new byte[WIDTH * HEIGHT * 3];
        for (int i = 0; i < pixels.length; i++) {
            int column = i / 3 % WIDTH;
            pixels[i] = (byte) ((number >> (column * BITS / WIDTH) & 1) * 255);
        }
        return new VideoFrame(ImageEncoding.BGR8, WIDTH, HEIGHT, pixels, 0);
    }

    /**
     * Reads the number of a picture of any size.
     *
     * @param pixels beginning with rows of one byte or three bytes a pixel
     */
    public static int numberOf(byte[] pixels, int width, int height, int bytesPerPixel) {
        int number = 0;
        for (int bit = 0; bit < BITS; bit++) {
            int column = (2 * bit + 1) * width / (2 * BITS);
            int grey = pixels[(height / 2 * width + column) * bytesPerPixel] & 0xff;
            number |= (grey > 127 ? 1 : 0) << bit;
        }
        return number;
    }
}

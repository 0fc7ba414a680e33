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
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;

/**
 * Decodes PNG files of every kind: gray, colour and palettes of 1 to 16 bits, interlaced or not.
 * Samples of another depth are scaled to 8 bits, {@code round(sample * 255 / (2^depth - 1))}; alpha
 * is dropped, which leaves the colour that a transparent pixel has below.
 */
final class PngDecoder implements AutoCloseable {
    private final PngStream stream = new PngStream();
    private final ScratchBytes pixels = new ScratchBytes();
    private final JdkImageReader reader = new JdkImageReader("png", warning -> false);

    DecodedImage decode(ByteBuffer image, SizeRules size) {
        PngStream.StrippedPng png = stream.read(image, size);
        PngHeader header = png.header();
        int width = header.width();
        int height = header.height();
        int count = width * height;
        PixelFormat format = formatOf(header.colorType());
        int channels = header.colorType().channels();
        byte[] target = pixels.atLeast(count * Math.max(channels, format.channels()));
        reader.read(png.stream(), InterleavedImage.over(target, width, height, channels));
        if (png.palette() != null) {
            png.palette().apply(target, count, header.bitDepth());
        } else if (channels > format.channels()) {
            dropAlpha(target, count, format.channels());
        }
        return new DecodedImage(width, height, format, target, 0);
    }

    private static PixelFormat formatOf(PngHeader.ColorType colorType) {
        return switch (colorType) {
            case GRAY, GRAY_ALPHA -> PixelFormat.GRAY8;
            case RGB, RGB_ALPHA, PALETTE -> PixelFormat.RGB8;
        };
    }

    private static void dropAlpha(byte[] bytes, int count, int colors) {
        int target = 0;
        for (int pixel = 0; pixel < count; pixel++) {
            int source = pixel * (colors + 1);
            for (int color = 0; color < colors; color++) {
                bytes[target++] = bytes[source + color];
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}

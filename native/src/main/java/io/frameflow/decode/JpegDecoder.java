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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes JPEG files with the JDK's libjpeg: accurate integer inverse transform ({@code
 * JDCT_ISLOW}), chroma upsampled with a triangle filter ({@code do_fancy_upsampling}). OpenCV does
 * the same, and gets the same pixels.
 */
final class JpegDecoder implements AutoCloseable {
    /**
     * libjpeg's text for bytes between the last block and the end marker. Hardware encoders align
     * the end so; more of them are data that was lost, and read as a shorter picture by chance.
     */
    private static final Pattern PADDING =
            Pattern.compile("(\\d{1,9}) extraneous bytes before marker 0xd9");

    private static final int MAX_PADDING = 64;

    private final JpegStream stream = new JpegStream();
    private final ScratchBytes pixels = new ScratchBytes();
    private final JdkImageReader reader = new JdkImageReader("jpeg", JpegDecoder::isPadding);

    DecodedImage decode(ByteBuffer image, SizeRules size) {
        JpegStream.StrippedJpeg jpeg = stream.read(image, size);
        int width = jpeg.header().width();
        int height = jpeg.header().height();
        int channels = jpeg.header().components();
        byte[] target = pixels.atLeast(width * height * channels);
        reader.read(jpeg.stream(), InterleavedImage.over(target, width, height, channels));
        PixelFormat format = channels == 1 ? PixelFormat.GRAY8 : PixelFormat.RGB8;
        return new DecodedImage(width, height, format, target, 0);
    }

    private static boolean isPadding(String warning) {
        Matcher matcher = PADDING.matcher(warning);
        return matcher.find() && Integer.parseInt(matcher.group(1)) <= MAX_PADDING;
    }

    @Override
    public void close() {
        reader.close();
    }
}

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
package io.frameflow.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;

/**
 * Whether a JPEG, decoded by the JDK, shows a picture: in the size of previews, in its own colours,
 * and as well as the JPEG that the JDK's encoder makes of it with the same quality.
 */
public final class ShownPicture {
    /**
     * Least peak signal-to-noise ratio in dB: that of an error as large as libjpeg's tables for
     * quality 80 allow everywhere. A coefficient is off by up to half its step, which is a mean
     * square of a twelfth of the step's: 60 in luma and 110 in chroma, or 271 in colours.
     */
    private static final double LEAST_DECIBELS = 23.8;

    /**
     * How much larger the squared error may be than that of the JDK's encoder: by an eighth (0.5
     * dB), since coefficients that lie between two steps fall to either side, and by one grey level
     * everywhere, since a transform rounds in its own way.
     */
    private static final double MOST_FACTOR = 1.125;

    private static final double MOST_ROUNDING = 1;

    private ShownPicture() {}

    /** Fails unless the file shows the picture. */
    public static void assertShows(ByteBuffer jpeg, DecodedImage image, String where) {
        PreviewSize size = PreviewSize.of(image.width(), image.height());
        int channels = image.format().channels();
        byte[] expected = new byte[channels * size.width() * size.height()];
        new PictureScaler().scale(image, size.width(), size.height(), expected);
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT);
                PreviewEncoder encoder = new PreviewEncoder()) {
            DecodedImage shown = decode(decoder, jpeg);
            assertThat(shown.width()).as(where).isEqualTo(size.width());
            assertThat(shown.height()).as(where).isEqualTo(size.height());
            assertThat(shown.format().channels()).as(where).isEqualTo(channels);
            double actual = squaredError(shown, expected);
            double reference = squaredError(decode(decoder, encoder.encode(image)), expected);
            assertThat(decibels(actual)).as(where).isGreaterThan(LEAST_DECIBELS);
            assertThat(actual)
                    .as(where)
                    .isLessThanOrEqualTo(MOST_FACTOR * reference + MOST_ROUNDING);
        }
    }

    private static DecodedImage decode(CpuImageDecoder decoder, ByteBuffer jpeg) {
        return decoder.decode(ImageEncoding.JPEG, 0, 0, jpeg.duplicate());
    }

    private static double decibels(double squaredError) {
        return 10 * Math.log10(255 * 255 / squaredError);
    }

    /** Mean over the pixels and channels, against blue, green and red, or grey. */
    private static double squaredError(DecodedImage shown, byte[] expected) {
        PixelFormat format = shown.format();
        int channels = format.channels();
        int[] order =
                channels == 1
                        ? new int[] {0}
                        : new int[] {format.blue(), format.green(), format.red()};
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            int at = shown.offset() + i / channels * channels + order[i % channels];
            double difference = (shown.pixels()[at] & 0xFF) - (expected[i] & 0xFF);
            squares += difference * difference;
        }
        return squares / expected.length;
    }
}

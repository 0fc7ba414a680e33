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
    /** Least peak signal-to-noise ratio; the JDK's encoder reaches 29 to 54 in the tests. */
    private static final double LEAST_DECIBELS = 28;

    /** What an encoder with the same tables may lose: its transform rounds in its own way. */
    private static final double MOST_LOSS_DECIBELS = 0.5;

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
            double actual = decibels(shown, expected);
            double reference = decibels(decode(decoder, encoder.encode(image)), expected);
            assertThat(actual).as(where).isGreaterThan(LEAST_DECIBELS);
            assertThat(actual).as(where).isGreaterThan(reference - MOST_LOSS_DECIBELS);
        }
    }

    private static DecodedImage decode(CpuImageDecoder decoder, ByteBuffer jpeg) {
        return decoder.decode(ImageEncoding.JPEG, 0, 0, jpeg.duplicate());
    }

    /** Peak signal-to-noise ratio against blue, green and red, or grey. */
    private static double decibels(DecodedImage shown, byte[] expected) {
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
        return 10 * Math.log10(255 * 255 / Math.max(1e-9, squares / expected.length));
    }
}

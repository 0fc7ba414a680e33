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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreviewEncoderTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "640, 480, 640, 480",
        "1280, 720, 1280, 720",
        "1281, 1, 1280, 1",
        "1920, 1080, 1280, 720",
        "1080, 1920, 720, 1280",
        "3840, 7, 1280, 2",
        "4000, 1, 1280, 1",
    })
    void theLongerSideIsBoundedAndTheShapeKept(
            int width, int height, int expectedWidth, int expectedHeight) throws IOException {
        try (PreviewEncoder encoder = new PreviewEncoder()) {
            BufferedImage decoded =
                    decode(encoder.encode(plain(width, height, PixelFormat.RGB8, 10, 20, 30)));

            assertThat(decoded.getWidth()).isEqualTo(expectedWidth);
            assertThat(decoded.getHeight()).isEqualTo(expectedHeight);
        }
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void coloursStayWhatTheyAre(PixelFormat format) throws IOException {
        int[] colour =
                format == PixelFormat.GRAY8 ? new int[] {90, 90, 90} : new int[] {200, 90, 30};
        try (PreviewEncoder encoder = new PreviewEncoder()) {
            BufferedImage decoded =
                    decode(
                            encoder.encode(
                                    plain(1500, 900, format, colour[0], colour[1], colour[2])));

            assertThat(decoded.getRaster().getNumBands()).isEqualTo(format.channels());
            for (int band = 0; band < format.channels(); band++) {
                // A plain picture has no other error than the rounding of its colour space, twice.
                assertThat(Math.abs(decoded.getRaster().getSample(700, 400, band) - colour[band]))
                        .isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void onePictureDoesNotShowInTheNext() throws IOException {
        try (PreviewEncoder encoder = new PreviewEncoder()) {
            ByteBuffer first = encoder.encode(plain(64, 64, PixelFormat.BGR8, 255, 255, 255));
            byte[] before = bytes(first);
            BufferedImage second = decode(encoder.encode(plain(64, 64, PixelFormat.BGR8, 0, 0, 0)));

            assertThat(second.getRGB(32, 32) & 0xFFFFFF).isZero();
            assertThat(bytes(first)).isEqualTo(before);
        }
    }

    @Test
    void aPictureWithinALargerArrayIsFound() throws IOException {
        byte[] pixels = new byte[100 + 3 * 16 * 16];
        Arrays.fill(pixels, 100, pixels.length, (byte) 255);
        try (PreviewEncoder encoder = new PreviewEncoder()) {
            BufferedImage decoded =
                    decode(encoder.encode(new DecodedImage(16, 16, PixelFormat.RGB8, pixels, 100)));

            assertThat(decoded.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        }
    }

    private static DecodedImage plain(
            int width, int height, PixelFormat format, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * format.channels()];
        for (int at = 0; at < pixels.length; at += format.channels()) {
            pixels[at + format.red()] = (byte) red;
            pixels[at + format.green()] = (byte) green;
            pixels[at + format.blue()] = (byte) blue;
        }
        return new DecodedImage(width, height, format, pixels, 0);
    }

    private static BufferedImage decode(ByteBuffer jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(jpeg)));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

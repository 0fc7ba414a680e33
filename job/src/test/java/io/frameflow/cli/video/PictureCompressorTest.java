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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.image.ImageEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureCompressorTest {

    @Test
    void keepsEveryPixelInPng() throws IOException {
        VideoFrame noise = noise(37, 23);

        byte[] file;
        try (PictureCompressor compressor = PictureCompressor.png()) {
            file = compressor.compress(noise);
        }

        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(decoded.getWidth()).isEqualTo(37);
        assertThat(decoded.getHeight()).isEqualTo(23);
        for (int i = 0; i < 37 * 23; i++) {
            byte[] bgr = noise.pixels();
            int expected =
                    (bgr[3 * i + 2] & 0xff) << 16
                            | (bgr[3 * i + 1] & 0xff) << 8
                            | (bgr[3 * i] & 0xff);
            assertThat(decoded.getRGB(i % 37, i / 37) & 0xffffff).isEqualTo(expected);
        }
    }

    @Test
    void makesSmallerJpegsOfLowerQuality() throws IOException {
        VideoFrame noise = noise(64, 64);
        try (PictureCompressor low = PictureCompressor.jpeg(10);
                PictureCompressor high = PictureCompressor.jpeg(95)) {
            byte[] small = low.compress(noise);
            byte[] large = high.compress(noise);

            assertThat(small).startsWith(0xff, 0xd8, 0xff);
            assertThat(large).startsWith(0xff, 0xd8, 0xff);
            assertThat(large.length).isGreaterThan(2 * small.length);
            assertThat(low.compress(noise)).as("a writer may be used again").isEqualTo(small);
        }
    }

    @Test
    void refusesOtherLayouts() throws IOException {
        VideoFrame grey = new VideoFrame(ImageEncoding.GRAY8, 2, 2, new byte[4], 0);
        try (PictureCompressor compressor = PictureCompressor.jpeg(90)) {
            assertThatIllegalArgumentException().isThrownBy(() -> compressor.compress(grey));
        }
    }

    private static VideoFrame noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new Random(5).nextBytes(pixels);
        return new VideoFrame(ImageEncoding.BGR8, width, height, pixels, 0);
    }
}

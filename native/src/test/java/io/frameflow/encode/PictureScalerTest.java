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
import static org.assertj.core.api.Assertions.within;

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureScalerTest {

    @Test
    void aPictureOfTheSameSizeStaysAsItIs() {
        DecodedImage image = noise(31, 17, PixelFormat.BGR8);
        byte[] target = new byte[3 * 31 * 17];

        new PictureScaler().scale(image, 31, 17, target);

        assertThat(target).isEqualTo(image.pixels());
    }

    @Test
    void redGreenBlueBecomesBlueGreenRed() {
        byte[] target = new byte[3];

        new PictureScaler()
                .scale(
                        new DecodedImage(1, 1, PixelFormat.RGB8, new byte[] {1, 2, 3}, 0),
                        1,
                        1,
                        target);

        assertThat(target).containsExactly(3, 2, 1);
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "192, 128", "192, 1", "100, 99", "4000, 1280", "7, 3"})
    void everyTargetPixelIsTheMeanOfItsArea(int source, int size) {
        DecodedImage image = noise(source, source, PixelFormat.GRAY8);
        byte[] target = new byte[size * size];

        new PictureScaler().scale(image, size, size, target);

        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int x = random.nextInt(size);
            int y = random.nextInt(size);
            // Weights are rounded to 1/1024 a tap and axis, the result to a grey level.
            double weightError = 2.0 * 255 * (source / (double) size + 2) / AreaTaps.ONE;
            assertThat((double) (target[y * size + x] & 0xFF))
                    .isCloseTo(
                            mean(image, x, y, source / (double) size), within(0.5 + weightError));
        }
    }

    private static double mean(DecodedImage image, int x, int y, double scale) {
        double sum = 0;
        for (int row = (int) (y * scale); row < Math.min(image.height(), (y + 1) * scale); row++) {
            for (int column = (int) (x * scale);
                    column < Math.min(image.width(), (x + 1) * scale);
                    column++) {
                sum +=
                        (image.pixels()[row * image.width() + column] & 0xFF)
                                * overlap(row, y, scale)
                                * overlap(column, x, scale);
            }
        }
        return sum / (scale * scale);
    }

    private static double overlap(int source, int target, double scale) {
        return Math.max(
                0, Math.min(source + 1.0, (target + 1) * scale) - Math.max(source, target * scale));
    }

    private static DecodedImage noise(int width, int height, PixelFormat format) {
        byte[] pixels = new byte[width * height * format.channels()];
        new Random(7).nextBytes(pixels);
        return new DecodedImage(width, height, format, pixels, 0);
    }
}

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

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of the card's pictures takes those of the CPU, and none that is wrong. */
class ShownPictureTest {

    @ParameterizedTest
    @CsvSource({
        "160, 120, RGB8, 3",
        "320, 240, BGR8, 0",
        "1920, 1080, RGB8, 3",
        "33, 31, BGR8, 3",
        "160, 120, GRAY8, 3"
    })
    void takesWhatTheCpuMakes(int width, int height, PixelFormat format, double noise) {
        DecodedImage image = scene(width, height, format, 7, noise);

        assertThatCode(() -> ShownPicture.assertShows(jpeg(image), image, "the same"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"RGB8", "BGR8", "GRAY8"})
    void refusesAnotherPicture(PixelFormat format) {
        DecodedImage image = scene(160, 120, format, 7, 3);
        DecodedImage other = scene(160, 120, format, 8, 3);

        assertRefused(jpeg(other), image);
    }

    @ParameterizedTest
    @CsvSource({"RGB8, BGR8", "BGR8, RGB8", "RGB8, GRAY8"})
    void refusesOtherColours(PixelFormat format, PixelFormat wrong) {
        DecodedImage image = scene(160, 120, format, 7, 3);
        DecodedImage read =
                new DecodedImage(160, 120, wrong, image.pixels().clone(), image.offset());

        assertRefused(jpeg(read), image);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void refusesAPictureThatIsShiftedByAPixel(int down, int right) {
        DecodedImage image = scene(160, 120, PixelFormat.RGB8, 7, 3);
        int shift = 3 * (160 * down + right);
        byte[] moved = new byte[image.pixels().length];
        System.arraycopy(image.pixels(), shift, moved, 0, moved.length - shift);

        assertRefused(jpeg(new DecodedImage(160, 120, PixelFormat.RGB8, moved, 0)), image);
    }

    @ParameterizedTest
    @CsvSource({"160, 119", "159, 120"})
    void refusesAnotherSize(int width, int height) {
        DecodedImage image = scene(160, 120, PixelFormat.RGB8, 7, 3);

        assertRefused(jpeg(scene(width, height, PixelFormat.RGB8, 7, 3)), image);
    }

    private static void assertRefused(ByteBuffer jpeg, DecodedImage image) {
        assertThatThrownBy(() -> ShownPicture.assertShows(jpeg, image, "another"))
                .isInstanceOf(AssertionError.class);
    }

    private static DecodedImage scene(
            int width, int height, PixelFormat format, long number, double noise) {
        ImageEncoding encoding = ImageEncoding.valueOf(format.name());
        return new DecodedImage(
                width, height, format, Scene.of(encoding, width, height, number, noise), 0);
    }

    private static ByteBuffer jpeg(DecodedImage image) {
        try (PreviewEncoder encoder = new PreviewEncoder()) {
            return encoder.encode(image);
        }
    }
}

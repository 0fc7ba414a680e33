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
package io.frameflow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.model.ResizePrecision;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxPreprocessorTest {
    private static final Normalization IDENTITY =
            new Normalization(1.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

    @Test
    void placesAPictureOfTheInputsSizeUnchanged() {
        DecodedImage image = random(8, 4, PixelFormat.RGB8);

        float[] tensor = preprocess(image, input(8, 4, ColorOrder.RGB));

        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < 32; i++) {
                assertThat(tensor[channel * 32 + i])
                        .isEqualTo(image.pixels()[3 * i + channel] & 0xFF);
            }
        }
    }

    @Test
    void ordersChannelsAsTheModelWantsThem() {
        byte[] bgr = {10, 20, 30};

        DecodedImage image = new DecodedImage(1, 1, PixelFormat.BGR8, bgr, 0);

        assertThat(preprocess(image, input(1, 1, ColorOrder.RGB))).containsExactly(30, 20, 10);
        assertThat(preprocess(image, input(1, 1, ColorOrder.BGR))).containsExactly(10, 20, 30);
    }

    @Test
    void readsGrayAsThreeEqualChannels() {
        DecodedImage image = new DecodedImage(1, 1, PixelFormat.GRAY8, new byte[] {77}, 0);

        assertThat(preprocess(image, input(1, 1, ColorOrder.RGB))).containsExactly(77, 77, 77);
    }

    /** Doubling two pixels: centres fall at -0.25, 0.25, 0.75 and 1.25 of the source. */
    @Test
    void interpolatesBetweenHalfPixelCentres() {
        byte[] pixels = {0, 0, 0, 100, 100, 100};
        DecodedImage image = new DecodedImage(2, 1, PixelFormat.RGB8, pixels, 0);

        float[] tensor = preprocess(image, input(4, 2, ColorOrder.RGB));

        assertThat(tensor).startsWith(0, 25, 75, 100, 0, 25, 75, 100);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 5, 16, 16",
        "16, 9, 16, 16",
        "33, 31, 16, 8",
        "1, 1, 16, 16",
        "64, 1, 32, 32",
        "1, 64, 32, 32",
        "100, 75, 32, 33"
    })
    void equalsBilinearInRealNumbersWithinOneLevel(
            int width, int height, int toWidth, int toHeight) {
        DecodedImage image = random(width, height, PixelFormat.RGB8);
        InputSpec input = input(toWidth, toHeight, ColorOrder.RGB);
        Letterbox letterbox = input.letterbox(width, height);

        float[] tensor = preprocess(image, input);

        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                int insideX = x - letterbox.padLeft();
                int insideY = y - letterbox.padTop();
                boolean inside =
                        insideX >= 0
                                && insideX < letterbox.resizedWidth()
                                && insideY >= 0
                                && insideY < letterbox.resizedHeight();
                for (int channel = 0; channel < 3; channel++) {
                    double expected =
                            inside ? reference(image, letterbox, insideX, insideY, channel) : 114;
                    assertThat((double) tensor[(channel * toHeight + y) * toWidth + x])
                            .as("channel %d at %d, %d", channel, x, y)
                            .isBetween(expected - 1.01, expected + 1.01);
                }
            }
        }
    }

    @Test
    void writesOnlyItsPlaceOfTheBatch() {
        InputSpec input = input(4, 4, ColorOrder.RGB);
        LetterboxPreprocessor preprocessor = new LetterboxPreprocessor(input);
        FloatBuffer tensor = FloatBuffer.allocate(3 * preprocessor.elements());

        preprocessor.write(random(9, 3, PixelFormat.BGR8), tensor, 1);

        assertThat(tensor.array()).startsWith(new float[preprocessor.elements()]);
        assertThat(tensor.array()).endsWith(new float[preprocessor.elements()]);
        assertThat(tensor.get(preprocessor.elements())).isEqualTo(114);
    }

    @Test
    void givesTheSameAfterPicturesOfOtherSizes() {
        InputSpec input = input(20, 12, ColorOrder.RGB);
        LetterboxPreprocessor used = new LetterboxPreprocessor(input);
        FloatBuffer tensor = FloatBuffer.allocate(used.elements());
        DecodedImage image = random(31, 17, PixelFormat.RGB8);
        used.write(random(5, 40, PixelFormat.RGB8), tensor, 0);
        used.write(random(31, 18, PixelFormat.GRAY8), tensor, 0);

        used.write(image, tensor, 0);

        assertThat(tensor.array()).isEqualTo(preprocess(image, input));
    }

    private static double reference(
            DecodedImage image, Letterbox letterbox, int x, int y, int channel) {
        double sourceX = center(x, image.width(), letterbox.resizedWidth());
        double sourceY = center(y, image.height(), letterbox.resizedHeight());
        int left = (int) Math.min(Math.max(image.width() - 2, 0), Math.floor(sourceX));
        int top = (int) Math.min(Math.max(image.height() - 2, 0), Math.floor(sourceY));
        double wx = sourceX - left;
        double wy = sourceY - top;
        return (1 - wy)
                        * ((1 - wx) * at(image, left, top, channel)
                                + wx * at(image, left + 1, top, channel))
                + wy
                        * ((1 - wx) * at(image, left, top + 1, channel)
                                + wx * at(image, left + 1, top + 1, channel));
    }

    private static double center(int target, int sourceSize, int targetSize) {
        double position = (target + 0.5) * sourceSize / targetSize - 0.5;
        return Math.max(0, Math.min(sourceSize - 1, position));
    }

    private static int at(DecodedImage image, int x, int y, int channel) {
        int column = Math.min(x, image.width() - 1);
        int row = Math.min(y, image.height() - 1);
        return image.pixels()[3 * (row * image.width() + column) + channel] & 0xFF;
    }

    private static InputSpec input(int width, int height, ColorOrder order) {
        return new InputSpec(width, height, order, IDENTITY, Scaling.CENTERED, 114);
    }

    private static float[] preprocess(DecodedImage image, InputSpec input) {
        LetterboxPreprocessor preprocessor = new LetterboxPreprocessor(input);
        FloatBuffer tensor = FloatBuffer.allocate(preprocessor.elements());
        preprocessor.write(image, tensor, 0);
        return tensor.array();
    }

    private static DecodedImage random(int width, int height, PixelFormat format) {
        byte[] pixels = new byte[width * height * format.channels()];
        new Random(7).nextBytes(pixels);
        return new DecodedImage(width, height, format, pixels, 0);
    }

    /** Two columns and two rows: a quarter of the way between them without rounding. */
    @Test
    void keepsFractionsOfLevelsWhereTheModelWantsThem() {
        byte[] pixels = {0, 0, 0, 10, 10, 10, 100, 100, 100, 3, 3, 3};
        DecodedImage image = new DecodedImage(2, 2, PixelFormat.RGB8, pixels, 0);
        InputSpec input =
                new InputSpec(
                        4,
                        4,
                        ColorOrder.RGB,
                        new Normalization(0.5, List.of(1.0, 2.0, 3.0), List.of(4.0, 4.0, 8.0)),
                        Scaling.CENTERED,
                        ResizePrecision.FLOAT32,
                        0);

        float[] tensor = preprocess(image, input);

        // Row 1, column 1 lies a quarter from the first to the second: between 2.5 and 75.75.
        float level = 2.5f + (75.75f - 2.5f) * 0.25f;
        assertThat(tensor[5]).isEqualTo(0.5f * (level - 1) / 4);
        assertThat(tensor[16 + 5]).isEqualTo(0.5f * (level - 2) / 4);
        assertThat(tensor[32 + 5]).isEqualTo(0.5f * (level - 3) / 8);
        assertThat(tensor[0]).isEqualTo(-0.125f);
    }
}

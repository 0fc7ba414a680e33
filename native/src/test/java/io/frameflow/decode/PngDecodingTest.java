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

import static io.frameflow.decode.GoldenPictures.decode;
import static io.frameflow.decode.GoldenPictures.failureOf;
import static io.frameflow.decode.GoldenPictures.pixels;
import static io.frameflow.decode.GoldenPictures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frameflow.failure.FailureCode;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.image.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PngDecodingTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 5;
    private static final int GRAY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;

    private final CpuImageDecoder decoder = new CpuImageDecoder(new DecodeLimits(100, 5000));

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest(name = "{0}, {2} of {1} bits")
    @CsvSource({
        "gray, 1, 1, 0",
        "gray, 2, 1, 0",
        "gray, 4, 1, 0",
        "gray, 8, 1, 0",
        "gray, 16, 1, 0",
        "colour, 8, 3, 2",
        "colour, 16, 3, 2",
        "gray and alpha, 8, 2, 4",
        "gray and alpha, 16, 2, 4",
        "colour and alpha, 8, 4, 6",
        "colour and alpha, 16, 4, 6"
    })
    void decodesEveryKind(String what, int bitDepth, int channels, int colorType) {
        int colors = channels < 3 ? 1 : 3;
        int[] samples = samples(WIDTH * HEIGHT * channels, bitDepth);
        byte[] file =
                PngBuilder.of(WIDTH, HEIGHT, bitDepth, colorType)
                        .data(packed(samples, WIDTH * channels, bitDepth))
                        .end();

        DecodedImage image = decode(decoder, ImageEncoding.PNG, file);

        assertThat(image.format()).isEqualTo(colors == 1 ? PixelFormat.GRAY8 : PixelFormat.RGB8);
        byte[] expected = new byte[WIDTH * HEIGHT * colors];
        for (int index = 0; index < expected.length; index++) {
            int sample = samples[index / colors * channels + index % colors];
            expected[index] = (byte) Math.round(sample * 255.0 / ((1 << bitDepth) - 1));
        }
        assertThat(pixels(image)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "2, 3", "4, 16", "8, 256", "8, 200"})
    void decodesPalettes(int bitDepth, int entries) {
        byte[] palette = NoisePixels.of(3 * entries);
        int[] indices = samples(WIDTH * HEIGHT, bitDepth);
        for (int index = 0; index < indices.length; index++) {
            indices[index] %= entries;
        }
        byte[] file =
                PngBuilder.of(WIDTH, HEIGHT, bitDepth, PALETTE)
                        .chunk("PLTE", palette)
                        .chunk("tRNS", new byte[entries])
                        .data(packed(indices, WIDTH, bitDepth))
                        .end();

        byte[] actual = pixels(decode(decoder, ImageEncoding.PNG, file));

        byte[] expected = new byte[3 * indices.length];
        for (int index = 0; index < expected.length; index++) {
            expected[index] = palette[3 * indices[index / 3] + index % 3];
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "1, 3", "10, 1", "6, 3"})
    void decodesInterlacedPictures(int bufferedImageType, int channels) throws IOException {
        var source = new BufferedImage(WIDTH, HEIGHT, bufferedImageType);
        byte[] noise = NoisePixels.of(WIDTH * HEIGHT * 4);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int band = 0; band < source.getRaster().getNumBands(); band++) {
                    source.getRaster().setSample(x, y, band, noise[4 * (y * WIDTH + x) + band]);
                }
            }
        }

        byte[] actual = pixels(decode(decoder, ImageEncoding.PNG, interlaced(source)));

        for (int index = 0; index < actual.length; index++) {
            int pixel = index / channels;
            assertThat(actual[index]).isEqualTo(noise[4 * pixel + index % channels]);
        }
        assertThat(actual).hasSize(WIDTH * HEIGHT * channels);
    }

    private static byte[] interlaced(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Test
    void ignoresWhatIsNotThePicture() {
        int[] samples = samples(WIDTH * HEIGHT * 3, 8);
        byte[] rows = packed(samples, WIDTH * 3, 8);
        byte[] data = PngBuilder.deflated(rows);
        byte[] plain = PngBuilder.of(WIDTH, HEIGHT, 8, RGB).chunk("IDAT", data).end();
        byte[] adorned =
                PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                        .chunk("gAMA", new byte[] {0, 0, 0, 1})
                        .chunk("iCCP", new byte[7])
                        .chunk("PLTE", new byte[9])
                        .raw(4, "teXt".getBytes(StandardCharsets.US_ASCII), new byte[4], 12345)
                        .chunk("tRNS", new byte[6])
                        .chunk("IDAT", Arrays.copyOf(data, 10))
                        .chunk("IDAT", Arrays.copyOfRange(data, 10, data.length))
                        .chunk("tEXt", new byte[3])
                        .end();

        byte[] expected = pixels(decode(decoder, ImageEncoding.PNG, plain));

        assertThat(pixels(decode(decoder, ImageEncoding.PNG, adorned))).isEqualTo(expected);
        byte[] followed = JpegEdits.concat(plain, new byte[99]);
        assertThat(pixels(decode(decoder, ImageEncoding.PNG, followed))).isEqualTo(expected);
    }

    static Stream<Arguments> badFiles() {
        byte[] rows = packed(samples(WIDTH * HEIGHT * 3, 8), WIDTH * 3, 8);
        byte[] good = PngBuilder.of(WIDTH, HEIGHT, 8, RGB).data(rows).end();
        byte[] data = PngBuilder.deflated(rows);
        return Stream.of(
                arguments("no bytes", new byte[0], FailureCode.EMPTY_IMAGE),
                arguments("7 bytes", Arrays.copyOf(good, 7), FailureCode.NOT_THE_ENCODING),
                arguments("a JPEG file", read("420.jpg"), FailureCode.NOT_THE_ENCODING),
                arguments(
                        "only the signature", Arrays.copyOf(good, 8), FailureCode.TRUNCATED_IMAGE),
                arguments("half a header", Arrays.copyOf(good, 20), FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "half the picture",
                        Arrays.copyOf(good, good.length / 2),
                        FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "no end chunk",
                        Arrays.copyOf(good, good.length - 12),
                        FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "damaged header",
                        JpegEdits.with(good, 19, 99),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "no header",
                        PngBuilder.empty().data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "two headers",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                                .header(WIDTH, HEIGHT, 8, RGB, 0)
                                .data(rows)
                                .end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "header of 12 bytes",
                        PngBuilder.empty().chunk("IHDR", new byte[12]).data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "bit depth 3",
                        PngBuilder.of(WIDTH, HEIGHT, 3, GRAY).data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "colour type 7",
                        PngBuilder.of(WIDTH, HEIGHT, 8, 7).data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "bit depth 255",
                        PngBuilder.of(WIDTH, HEIGHT, 255, RGB).data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "interlace 2",
                        PngBuilder.empty().header(WIDTH, HEIGHT, 8, RGB, 2).data(rows).end(),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "width 0",
                        PngBuilder.of(0, HEIGHT, 8, RGB).data(rows).end(),
                        FailureCode.INVALID_DIMENSIONS),
                arguments(
                        "60000 x 60000 pixels",
                        PngBuilder.of(60000, 60000, 8, RGB).data(rows).end(),
                        FailureCode.IMAGE_TOO_LARGE),
                arguments(
                        "4 billion pixels wide",
                        PngBuilder.of(-1, 1, 8, RGB).data(rows).end(),
                        FailureCode.IMAGE_TOO_LARGE),
                arguments(
                        "chunk of 2 GiB",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                                .raw(0x7FFFFFFF, idat(), new byte[50], 0)
                                .end(),
                        FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "chunk of a negative length",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB).raw(-5, idat(), data, 0).end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "wrong checksum",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                                .raw(data.length, idat(), data, 1)
                                .end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "no data",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB).end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "too little data",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                                .data(Arrays.copyOf(rows, rows.length - 1))
                                .end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "data that is not compressed",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB).chunk("IDAT", rows).end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "unknown row filter",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB).data(JpegEdits.with(rows, 0, 9)).end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "no palette",
                        PngBuilder.of(WIDTH, HEIGHT, 8, PALETTE).data(rows).end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "palette of 7 bytes",
                        PngBuilder.of(WIDTH, HEIGHT, 8, PALETTE)
                                .chunk("PLTE", new byte[7])
                                .data(rows)
                                .end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "colour outside the palette",
                        PngBuilder.of(WIDTH, HEIGHT, 8, PALETTE)
                                .chunk("PLTE", new byte[6])
                                .data(rows)
                                .end(),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "unknown critical chunk",
                        PngBuilder.of(WIDTH, HEIGHT, 8, RGB)
                                .chunk("CRIT", new byte[4])
                                .data(rows)
                                .end(),
                        FailureCode.UNSUPPORTED_IMAGE));
    }

    private static byte[] idat() {
        return "IDAT".getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badFiles")
    void namesWhatIsWrongAndGoesOn(String what, byte[] file, FailureCode expected) {
        assertThat(failureOf(decoder, ImageEncoding.PNG, 0, 0, file)).as(what).isEqualTo(expected);
        assertThat(failureOf(decoder, ImageEncoding.PNG, 67, 45, read("420.png"))).isNull();
    }

    @Test
    void comparesTheSizeWithWhatTheFrameDeclares() {
        assertThat(failureOf(decoder, ImageEncoding.PNG, 45, 67, read("420.png")))
                .isEqualTo(FailureCode.DIMENSIONS_MISMATCH);
    }

    private static int[] samples(int count, int bitDepth) {
        byte[] noise = NoisePixels.of(2 * count);
        int[] samples = new int[count];
        for (int index = 0; index < count; index++) {
            int value = (noise[2 * index] & 0xFF) << 8 | (noise[2 * index + 1] & 0xFF);
            samples[index] = value >> (16 - bitDepth);
        }
        return samples;
    }

    /** Rows of samples from the highest bit on, each with a filter type of 0 before. */
    private static byte[] packed(int[] samples, int rowSamples, int bitDepth) {
        int rowBytes = 1 + (rowSamples * bitDepth + 7) / 8;
        byte[] bytes = new byte[samples.length / rowSamples * rowBytes];
        for (int index = 0; index < samples.length; index++) {
            int row = index / rowSamples * rowBytes + 1;
            int bit = index % rowSamples * bitDepth;
            if (bitDepth == 16) {
                bytes[row + bit / 8] = (byte) (samples[index] >> 8);
                bytes[row + bit / 8 + 1] = (byte) samples[index];
            } else {
                bytes[row + bit / 8] |= (byte) (samples[index] << (8 - bitDepth - bit % 8));
            }
        }
        return bytes;
    }
}

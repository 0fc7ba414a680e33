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

import static io.frameflow.decode.GoldenPictures.HEIGHT;
import static io.frameflow.decode.GoldenPictures.WIDTH;
import static io.frameflow.decode.GoldenPictures.decode;
import static io.frameflow.decode.GoldenPictures.failureOf;
import static io.frameflow.decode.GoldenPictures.pixels;
import static io.frameflow.decode.GoldenPictures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frameflow.failure.FailureCode;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class JpegDecodingTest {
    private final CpuImageDecoder decoder = new CpuImageDecoder(new DecodeLimits(100, 5000));

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"444", "422", "420", "411", "progressive", "restart", "low-quality", "gray"})
    void decodesToTheSamePixelsAsOpenCv(String name) {
        byte[] expected = pixels(decode(decoder, ImageEncoding.PNG, read(name + ".png")));

        DecodedImage image = decode(decoder, ImageEncoding.JPEG, read(name + ".jpg"));

        assertThat(image.width()).isEqualTo(WIDTH);
        assertThat(image.height()).isEqualTo(HEIGHT);
        assertThat(image.format())
                .isEqualTo(name.equals("gray") ? PixelFormat.GRAY8 : PixelFormat.RGB8);
        assertThat(pixels(image)).isEqualTo(expected);
    }

    /** The libjpeg that some JDKs bundle doubles chroma rows where newer ones interpolate. */
    @Test
    void decodesVerticalSubsamplingNearlyAsOpenCv() {
        byte[] expected = pixels(decode(decoder, ImageEncoding.PNG, read("440.png")));

        byte[] actual = pixels(decode(decoder, ImageEncoding.JPEG, read("440.jpg")));

        assertThat(meanDifference(actual, expected)).isLessThan(4);
    }

    @Test
    void readsDirectAndReadOnlyBuffersFromTheirPosition() {
        byte[] file = read("420.jpg");
        byte[] expected = pixels(decode(decoder, ImageEncoding.JPEG, file));
        ByteBuffer direct = ByteBuffer.allocateDirect(file.length + 5);
        direct.put(3, file).position(3).limit(3 + file.length);

        DecodedImage image =
                decoder.decode(ImageEncoding.JPEG, WIDTH, HEIGHT, direct.asReadOnlyBuffer());

        assertThat(pixels(image)).isEqualTo(expected);
        assertThat(direct.position()).isEqualTo(3);
    }

    @Test
    void takesPicturesWithoutMarkersForYcbcrWhateverTheirSampling() {
        byte[] expected = pixels(decode(decoder, ImageEncoding.JPEG, read("444.jpg")));
        byte[] unmarked = JpegEdits.without(read("444.jpg"), marker -> marker == JpegMarker.APP0);

        assertThat(pixels(decode(decoder, ImageEncoding.JPEG, unmarked))).isEqualTo(expected);
    }

    @Test
    void takesAdobeMarkersAtTheirWord() {
        byte[] ycbcr = pixels(decode(decoder, ImageEncoding.JPEG, read("444.jpg")));
        byte[] unmarked = JpegEdits.without(read("444.jpg"), marker -> marker == JpegMarker.APP0);
        byte[] adobe = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] rgb = JpegEdits.withSegment(unmarked, JpegMarker.APP14, adobe);

        byte[] unconverted = pixels(decode(decoder, ImageEncoding.JPEG, rgb));

        for (int index = 0; index < unconverted.length; index += 3) {
            double luma = unconverted[index] & 0xFF;
            double cr = (unconverted[index + 2] & 0xFF) - 128;
            double red = Math.max(0, Math.min(255, luma + 1.402 * cr));
            assertThat((double) (ycbcr[index] & 0xFF)).isBetween(red - 0.51, red + 0.51);
        }
    }

    static Stream<Arguments> harmlessAdditions() {
        byte[] file = read("420.jpg");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] icc =
                JpegEdits.concat(
                        "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1), profile);
        byte[] end = {(byte) 0xFF, (byte) 0xD9};
        byte[] body = Arrays.copyOf(file, file.length - 2);
        int scan = JpegEdits.indexOf(file, JpegMarker.SOS);
        byte[] fill = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        return Stream.of(
                arguments("bytes after the end", JpegEdits.concat(file, new byte[1000])),
                arguments("a second picture after the end", JpegEdits.concat(file, file)),
                arguments("padding before the end", JpegEdits.concat(body, new byte[7], end)),
                arguments("fill bytes before a marker", JpegEdits.insert(file, scan, fill)),
                arguments("a colour profile", JpegEdits.withSegment(file, 0xE2, icc)),
                arguments(
                        "a damaged colour profile",
                        JpegEdits.withSegment(file, 0xE2, Arrays.copyOf(icc, 40))),
                arguments(
                        "damaged EXIF data",
                        JpegEdits.withSegment(
                                file, 0xE1, "Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))),
                arguments(
                        "a comment of the largest size",
                        JpegEdits.withSegment(file, JpegMarker.COM, new byte[65533])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessAdditions")
    void ignoresWhatIsNotThePicture(String what, byte[] file) {
        byte[] expected = pixels(decode(decoder, ImageEncoding.JPEG, read("420.jpg")));

        assertThat(pixels(decode(decoder, ImageEncoding.JPEG, file))).as(what).isEqualTo(expected);
    }

    /** Files that are to be refused, each with what is wrong and the code that says so. */
    public static Stream<Arguments> badFiles() {
        byte[] file = read("420.jpg");
        int sof = JpegMarker.SOF0_BASELINE;
        int header = JpegEdits.indexOf(file, sof);
        int scan = JpegEdits.indexOf(file, JpegMarker.SOS);
        int quantization = JpegEdits.indexOf(file, JpegMarker.DQT);
        byte[] frameHeader = Arrays.copyOfRange(file, header, header + 19);
        byte[] noData =
                JpegEdits.concat(Arrays.copyOf(file, scan), new byte[] {(byte) 0xFF, (byte) 0xD9});
        return Stream.of(
                arguments("no bytes", new byte[0], FailureCode.EMPTY_IMAGE),
                arguments("one byte", new byte[] {(byte) 0xFF}, FailureCode.NOT_THE_ENCODING),
                arguments("zeros", new byte[500], FailureCode.NOT_THE_ENCODING),
                arguments("a PNG file", read("420.png"), FailureCode.NOT_THE_ENCODING),
                arguments("only the start", Arrays.copyOf(file, 2), FailureCode.TRUNCATED_IMAGE),
                arguments("half a header", Arrays.copyOf(file, 30), FailureCode.TRUNCATED_IMAGE),
                arguments("header only", Arrays.copyOf(file, scan), FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "half the picture",
                        Arrays.copyOf(file, file.length / 2),
                        FailureCode.TRUNCATED_IMAGE),
                arguments(
                        "no end marker",
                        Arrays.copyOf(file, file.length - 2),
                        FailureCode.TRUNCATED_IMAGE),
                arguments("no scan", noData, FailureCode.CORRUPT_IMAGE),
                arguments(
                        "scan without data",
                        JpegEdits.concat(
                                Arrays.copyOf(file, scan + 14),
                                new byte[] {(byte) 0xFF, (byte) 0xD9}),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "garbage where a marker is due",
                        JpegEdits.insert(file, 2, new byte[3]),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "segment of length 1",
                        JpegEdits.with(file, quantization + 2, 0, 1),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "frame header of a wrong length",
                        JpegEdits.with(file, header + 9, 2),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "two frame headers",
                        JpegEdits.insert(file, header, frameHeader),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "sampling factor 0",
                        JpegEdits.with(file, header + 11, 0x02),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "scan before the frame header",
                        JpegEdits.without(file, marker -> marker == sof),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "width 0",
                        JpegEdits.withSize(file, sof, 0, 45),
                        FailureCode.INVALID_DIMENSIONS),
                arguments(
                        "height 0",
                        JpegEdits.withSize(file, sof, 67, 0),
                        FailureCode.INVALID_DIMENSIONS),
                arguments(
                        "60000 x 60000 pixels",
                        JpegEdits.withSize(file, sof, 60000, 60000),
                        FailureCode.IMAGE_TOO_LARGE),
                arguments(
                        "one row too long",
                        JpegEdits.withSize(file, sof, 101, 1),
                        FailureCode.IMAGE_TOO_LARGE),
                arguments(
                        "too many pixels",
                        JpegEdits.withSize(file, sof, 71, 71),
                        FailureCode.IMAGE_TOO_LARGE),
                arguments(
                        "larger than its data",
                        JpegEdits.withSize(file, sof, 67, 70),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "12 bits a sample",
                        JpegEdits.with(file, header + 4, 12),
                        FailureCode.UNSUPPORTED_IMAGE),
                arguments("CMYK", cmyk(file), FailureCode.UNSUPPORTED_IMAGE),
                arguments(
                        "lossless",
                        JpegEdits.with(file, header + 1, 0xC3),
                        FailureCode.UNSUPPORTED_IMAGE),
                arguments(
                        "arithmetic coding",
                        JpegEdits.with(file, header + 1, 0xC9),
                        FailureCode.UNSUPPORTED_IMAGE),
                arguments(
                        "no Huffman tables",
                        JpegEdits.without(file, marker -> marker == JpegMarker.DHT),
                        FailureCode.UNSUPPORTED_IMAGE),
                arguments("too many scans", manyScans(), FailureCode.UNSUPPORTED_IMAGE),
                arguments(
                        "no quantization tables",
                        JpegEdits.without(file, marker -> marker == JpegMarker.DQT),
                        FailureCode.CORRUPT_IMAGE),
                arguments(
                        "unknown marker",
                        JpegEdits.insert(file, header, new byte[] {(byte) 0xFF, (byte) 0xF3, 0, 2}),
                        FailureCode.INVALID_IMAGE_HEADER),
                arguments(
                        "zeroed data",
                        zeroed(file, file.length / 2, file.length - 2),
                        FailureCode.CORRUPT_IMAGE));
    }

    private static byte[] cmyk(byte[] file) {
        int header = JpegEdits.indexOf(file, JpegMarker.SOF0_BASELINE);
        byte[] four = JpegEdits.with(file, header + 2, 0, 20);
        four[header + 9] = 4;
        return JpegEdits.insert(four, header + 19, new byte[] {4, 0x11, 0});
    }

    private static byte[] manyScans() {
        byte[] file = read("progressive.jpg");
        int scan = JpegEdits.indexOf(file, JpegMarker.SOS);
        int end = scan + 2;
        while (file[end] != (byte) 0xFF || file[end + 1] == 0) {
            end++;
        }
        byte[] one = Arrays.copyOfRange(file, scan, end);
        byte[] result = file;
        for (int i = 0; i < JpegStream.MAX_SCANS; i++) {
            result = JpegEdits.insert(result, scan, one);
        }
        return result;
    }

    private static byte[] zeroed(byte[] file, int from, int to) {
        byte[] changed = file.clone();
        Arrays.fill(changed, from, to, (byte) 0);
        return changed;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badFiles")
    void namesWhatIsWrongAndGoesOn(String what, byte[] file, FailureCode expected) {
        FailureCode actual = failureOf(decoder, ImageEncoding.JPEG, 0, 0, file);

        assertThat(actual).as(what).isEqualTo(expected);
        byte[] good = read("444.jpg");
        assertThat(pixels(decode(decoder, ImageEncoding.JPEG, good)))
                .isEqualTo(pixels(decode(decoder, ImageEncoding.PNG, read("444.png"))));
    }

    @Test
    void comparesTheSizeWithWhatTheFrameDeclares() {
        byte[] file = read("420.jpg");

        assertThat(failureOf(decoder, ImageEncoding.JPEG, WIDTH, HEIGHT, file)).isNull();
        assertThat(failureOf(decoder, ImageEncoding.JPEG, WIDTH, 0, file)).isNull();
        assertThat(failureOf(decoder, ImageEncoding.JPEG, HEIGHT, WIDTH, file))
                .isEqualTo(FailureCode.DIMENSIONS_MISMATCH);
        assertThat(failureOf(decoder, ImageEncoding.JPEG, 0, HEIGHT + 1, file))
                .isEqualTo(FailureCode.DIMENSIONS_MISMATCH);
        assertThat(failureOf(decoder, ImageEncoding.JPEG, -1, HEIGHT, file))
                .isEqualTo(FailureCode.INVALID_DIMENSIONS);
    }

    private static double meanDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        long sum = 0;
        for (int index = 0; index < actual.length; index++) {
            sum += Math.abs((actual[index] & 0xFF) - (expected[index] & 0xFF));
        }
        return (double) sum / actual.length;
    }
}

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

import static io.frameflow.decode.GoldenPictures.failureOf;
import static io.frameflow.decode.GoldenPictures.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class RawDecodingTest {
    private final CpuImageDecoder decoder = new CpuImageDecoder(new DecodeLimits(300, 70_000));

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest
    @CsvSource({"BGR8, BGR8, 3", "RGB8, RGB8, 3", "GRAY8, GRAY8, 1"})
    void takesPixelsAsTheyAre(ImageEncoding encoding, PixelFormat format, int channels) {
        byte[] pixels = NoisePixels.of(7 * 5 * channels);
        ByteBuffer within = ByteBuffer.allocate(pixels.length + 9);
        within.put(4, pixels).position(4).limit(4 + pixels.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(pixels.length).put(0, pixels);

        for (ByteBuffer source : new ByteBuffer[] {within, within.asReadOnlyBuffer(), direct}) {
            DecodedImage image = decoder.decode(encoding, 7, 5, source);

            assertThat(image.format()).isEqualTo(format);
            assertThat(image.width()).isEqualTo(7);
            assertThat(image.height()).isEqualTo(5);
            assertThat(pixels(image)).isEqualTo(pixels);
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "opencv-nv12.csv")
    void convertsNv12AsOpenCvDoes(int width, int height, String expectedChecksum) {
        byte[] planes = NoisePixels.of(width * height * 3 / 2);
        ByteBuffer direct = ByteBuffer.allocateDirect(planes.length).put(0, planes);

        DecodedImage fromHeap =
                decoder.decode(ImageEncoding.NV12, width, height, ByteBuffer.wrap(planes));
        assertThat(checksum(fromHeap)).isEqualTo(expectedChecksum);
        assertThat(fromHeap.format()).isEqualTo(PixelFormat.RGB8);
        DecodedImage fromDirect = decoder.decode(ImageEncoding.NV12, width, height, direct);
        assertThat(checksum(fromDirect)).isEqualTo(expectedChecksum);
    }

    @Test
    void convertsKnownColors() {
        // Video black, video white, and beyond both.
        byte[] planes = {16, (byte) 235, 0, (byte) 255, (byte) 128, (byte) 128};

        DecodedImage image = decoder.decode(ImageEncoding.NV12, 2, 2, ByteBuffer.wrap(planes));

        byte white = (byte) 255;
        assertThat(pixels(image))
                .containsExactly(0, 0, 0, white, white, white, 0, 0, 0, white, white, white);
    }

    @ParameterizedTest(name = "{0} {1} x {2} of {3} bytes: {4}")
    @CsvSource({
        "BGR8, 4, 2, 0, EMPTY_IMAGE",
        "BGR8, 4, 2, 23, RAW_SIZE_MISMATCH",
        "RGB8, 4, 2, 25, RAW_SIZE_MISMATCH",
        "GRAY8, 4, 2, 24, RAW_SIZE_MISMATCH",
        "NV12, 4, 2, 11, RAW_SIZE_MISMATCH",
        "NV12, 4, 2, 13, RAW_SIZE_MISMATCH",
        "NV12, 3, 2, 9, INVALID_DIMENSIONS",
        "NV12, 2, 3, 9, INVALID_DIMENSIONS",
        "GRAY8, 0, 0, 1, INVALID_DIMENSIONS",
        "GRAY8, 5, 0, 1, INVALID_DIMENSIONS",
        "GRAY8, -1, -1, 1, INVALID_DIMENSIONS",
        "GRAY8, 301, 1, 301, IMAGE_TOO_LARGE",
        "GRAY8, 300, 300, 90000, IMAGE_TOO_LARGE",
        "BGR8, 60000, 60000, 100, IMAGE_TOO_LARGE",
        "NV12, 2147483647, 2147483647, 100, IMAGE_TOO_LARGE"
    })
    void namesWhatIsWrong(
            ImageEncoding encoding, int width, int height, int bytes, FailureCode expected) {
        assertThat(failureOf(decoder, encoding, width, height, new byte[bytes]))
                .isEqualTo(expected);
    }

    private static String checksum(DecodedImage image) {
        var crc = new CRC32();
        crc.update(pixels(image));
        return "%08x".formatted(crc.getValue());
    }
}

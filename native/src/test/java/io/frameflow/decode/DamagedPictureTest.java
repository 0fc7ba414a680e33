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
import static io.frameflow.decode.GoldenPictures.pixels;
import static io.frameflow.decode.GoldenPictures.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, the decoder fails as it promises, in bounded memory. */
class DamagedPictureTest {
    private static final long SEED = 20261121;
    private static final int ROUNDS = 300;
    private static final DecodeLimits LIMITS = new DecodeLimits(400, 160_000);

    private final CpuImageDecoder decoder = new CpuImageDecoder(LIMITS);

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"420.jpg", "progressive.jpg", "restart.jpg", "gray.jpg", "420.png"})
    void everyTruncationIsFound(String name) {
        byte[] file = read(name);
        for (int length = 0; length < file.length; length += 7) {
            FrameflowException failure = failureOf(name, Arrays.copyOf(file, length));

            assertThat(failure).as("%s, first %d bytes", name, length).isNotNull();
            assertThat(failure.code())
                    .as("%s, first %d bytes", name, length)
                    .isIn(
                            FailureCode.EMPTY_IMAGE,
                            FailureCode.NOT_THE_ENCODING,
                            FailureCode.TRUNCATED_IMAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "420.jpg, 1",
        "420.jpg, 20",
        "progressive.jpg, 1",
        "progressive.jpg, 20",
        "444.jpg, 3",
        "restart.jpg, 3",
        "gray.jpg, 3",
        "420.png, 1",
        "gray.png, 3"
    })
    void flippedBitsNeverDoMoreThanSpoilThePicture(String name, int flips) {
        byte[] file = read(name);
        var random = new Random(SEED);
        long allocatedBefore = allocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = file.clone();
            for (int flip = 0; flip < flips; flip++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertFailsAsPromised(name, damaged, round);
        }
        // The largest picture allowed takes 640 kB, and mostly the decoder reuses what it has.
        assertThat((allocatedBytes() - allocatedBefore) / ROUNDS).isLessThan(1_000_000);
        assertGoodPicturesDecodeAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"420.jpg", "420.png"})
    void replacedRunsOfBytesNeverDoMoreThanSpoilThePicture(String name) {
        byte[] file = read(name);
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = file.clone();
            byte[] run = new byte[1 + random.nextInt(200)];
            random.nextBytes(run);
            int start = random.nextInt(damaged.length - run.length);
            System.arraycopy(run, 0, damaged, start, run.length);
            assertFailsAsPromised(name, damaged, round);
        }
        assertGoodPicturesDecodeAsBefore();
    }

    @Test
    void randomBytesFailAsPromised() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            for (ImageEncoding encoding : ImageEncoding.values()) {
                FrameflowException failure =
                        failureOf(encoding, random.nextInt(30), random.nextInt(30), bytes);
                assertThat(failure == null || failure.kind() == FailureKind.BAD_INPUT).isTrue();
            }
        }
    }

    @Test
    void aHugeHeaderTakesNoMemory() {
        byte[] jpeg = JpegEdits.withSize(read("420.jpg"), JpegMarker.SOF0_BASELINE, 60000, 60000);
        byte[] png = PngBuilder.of(60000, 60000, 16, 6).data(new byte[100]).end();
        failureOf("warm-up.jpg", jpeg);
        failureOf("warm-up.png", png);

        long before = allocatedBytes();
        assertThat(failureOf("huge.jpg", jpeg).code()).isEqualTo(FailureCode.IMAGE_TOO_LARGE);
        assertThat(failureOf("huge.png", png).code()).isEqualTo(FailureCode.IMAGE_TOO_LARGE);

        assertThat(allocatedBytes() - before).isLessThan(200_000);
    }

    @Test
    void compressedBombsAreNotUnpacked() {
        byte[] bomb = PngBuilder.deflated(new byte[40_000_000]);
        byte[] text = JpegEdits.concat(new byte[] {'a', 0, 0}, bomb);
        byte[] inComment =
                PngBuilder.of(1, 1, 8, 3)
                        .chunk("PLTE", new byte[3])
                        .chunk("zTXt", text)
                        .data(new byte[2])
                        .end();
        byte[] inData = PngBuilder.of(1, 1, 8, 0).chunk("IDAT", bomb).end();

        long before = allocatedBytes();
        assertThat(failureOf("comment.png", inComment)).isNull();
        assertThat(failureOf("data.png", inData)).isNull();

        assertThat(allocatedBytes() - before).isLessThan(3_000_000);
    }

    private void assertFailsAsPromised(String name, byte[] damaged, int round) {
        FrameflowException failure = failureOf(name, damaged);
        if (failure != null) {
            assertThat(failure.kind())
                    .as("%s, seed %d, round %d: %s", name, SEED, round, failure)
                    .isEqualTo(FailureKind.BAD_INPUT);
        }
    }

    private void assertGoodPicturesDecodeAsBefore() {
        byte[] expected = pixels(decode(decoder, ImageEncoding.PNG, read("420.png")));
        assertThat(pixels(decode(decoder, ImageEncoding.JPEG, read("420.jpg"))))
                .isEqualTo(expected);
    }

    private FrameflowException failureOf(String name, byte[] file) {
        ImageEncoding encoding = name.endsWith(".png") ? ImageEncoding.PNG : ImageEncoding.JPEG;
        return failureOf(encoding, 0, 0, file);
    }

    /** The failure; null if a picture came out, which then keeps to the limits. */
    private FrameflowException failureOf(
            ImageEncoding encoding, int width, int height, byte[] file) {
        try {
            DecodedImage image = decoder.decode(encoding, width, height, ByteBuffer.wrap(file));
            assertThat(image.width() * image.height()).isLessThanOrEqualTo(LIMITS.maxPixels());
            return null;
        } catch (FrameflowException failure) {
            return failure;
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}

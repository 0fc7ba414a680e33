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

import static io.frameflow.decode.GoldenPictures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe says of a file's head what the decoder says, so that both paths refuse the same. */
class JpegProbeTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 500;
    private static final DecodeLimits LIMITS = new DecodeLimits(400, 160_000);

    /** Damage that only a decoder can see. */
    private static final Set<String> BEHIND_THE_HEAD =
            Set.of("scan without data", "larger than its data", "zeroed data");

    private final CpuImageDecoder decoder = new CpuImageDecoder(LIMITS);

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "420.jpg, HALF_SIZE, true",
        "422.jpg, HALF_WIDTH, true",
        "444.jpg, FULL, true",
        "gray.jpg, GRAY, true",
        "440.jpg, OTHER, false",
        "411.jpg, OTHER, false",
        "progressive.jpg, HALF_SIZE, false"
    })
    void tellsSizeAndKind(String name, JpegProbe.Sampling sampling, boolean baseline) {
        JpegProbe probe = JpegProbe.read(ByteBuffer.wrap(read(name)), LIMITS, 0, 0);

        assertThat(probe)
                .isEqualTo(
                        new JpegProbe(
                                GoldenPictures.WIDTH,
                                GoldenPictures.HEIGHT,
                                sampling,
                                baseline,
                                false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"420.jpg", "progressive.jpg", "gray.jpg"})
    void findsEveryTruncation(String name) {
        byte[] file = read(name);
        for (int length = 0; length < file.length; length += 7) {
            byte[] part = Arrays.copyOf(file, length);

            assertThat(probeFailure(part))
                    .as("%s, first %d bytes", name, length)
                    .isNotNull()
                    .isEqualTo(decoderFailure(part));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"420.jpg", "444.jpg", "progressive.jpg", "restart.jpg", "gray.jpg"})
    void refusesADamagedHeadAsTheDecoderDoes(String name) {
        byte[] file = read(name);
        int head = JpegEdits.indexOf(file, JpegMarker.SOS);
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(head)] ^= (byte) (1 << random.nextInt(8));
            FailureCode failure = probeFailure(damaged);
            if (failure != null) {
                refused++;
                assertThat(decoderFailure(damaged)).as("round %d", round).isEqualTo(failure);
            }
        }
        assertThat(refused).isPositive();
    }

    static Stream<Arguments> badFiles() {
        return JpegDecodingTest.badFiles();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badFiles")
    void refusesWhatTheDecoderRefuses(String what, byte[] file, FailureCode expected) {
        DecodeLimits limits = new DecodeLimits(100, 5000);
        FailureCode actual = null;
        try {
            JpegProbe.read(ByteBuffer.wrap(file), limits, 0, 0);
        } catch (FrameflowException failure) {
            actual = failure.code();
        }

        assertThat(actual).isEqualTo(BEHIND_THE_HEAD.contains(what) ? null : expected);
    }

    private static FailureCode probeFailure(byte[] file) {
        try {
            JpegProbe.read(ByteBuffer.wrap(file), LIMITS, 0, 0);
            return null;
        } catch (FrameflowException failure) {
            return failure.code();
        }
    }

    private FailureCode decoderFailure(byte[] file) {
        return GoldenPictures.failureOf(decoder, ImageEncoding.JPEG, 0, 0, file);
    }
}

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
package io.frameflow.operators.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.schema.DeadLetter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterFactoryTest {
    private static final Rejection REJECTION =
            new Rejection(Stage.DECODE, FailureCode.CORRUPT_IMAGE, "a damaged block");
    private static final byte[] KEY = {'g'};
    private static final byte[] VALUE = {1, 2, 3};

    @Test
    void tellsWhereFromWhichAndWhy() {
        DeadLetter letter =
                new DeadLetterFactory(3)
                        .create(
                                origin(KEY),
                                VALUE,
                                new FrameIdentity("gate", "s", 7L, 8L),
                                REJECTION);

        assertThat(letter)
                .isEqualTo(
                        new DeadLetter(
                                "frames",
                                2,
                                42L,
                                99L,
                                ByteBuffer.wrap(KEY),
                                "gate",
                                "s",
                                7L,
                                8L,
                                "decode",
                                "CORRUPT_IMAGE",
                                "a damaged block",
                                3,
                                ByteBuffer.wrap(VALUE)));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "2, false", "3, true", "4, true"})
    void leavesOutAValueBeyondTheLimitButTellsItsSize(int limit, boolean present) {
        DeadLetter letter =
                new DeadLetterFactory(limit)
                        .create(origin(KEY), VALUE, FrameIdentity.UNKNOWN, REJECTION);

        assertThat(letter.getPayload() != null).isEqualTo(present);
        assertThat(letter.getPayloadSize()).isEqualTo(3);
    }

    @Test
    void leavesOutEvenAnEmptyValueWhereValuesAreLeftOut() {
        DeadLetter letter =
                new DeadLetterFactory(0)
                        .create(origin(KEY), new byte[0], FrameIdentity.UNKNOWN, REJECTION);

        assertThat(letter.getPayload()).isNull();
        assertThat(letter.getPayloadSize()).isZero();
    }

    @Test
    void tellsAMissingValueFromAnEmptyOne() {
        DeadLetter letter =
                new DeadLetterFactory(3)
                        .create(origin(null), null, FrameIdentity.UNKNOWN, REJECTION);

        assertThat(letter.getPayload()).isNull();
        assertThat(letter.getPayloadSize()).isEqualTo(-1);
        assertThat(letter.getSourceKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1024, true", "1025, false"})
    void leavesOutAnAbsurdKey(int size, boolean present) {
        DeadLetter letter =
                new DeadLetterFactory(3)
                        .create(origin(new byte[size]), VALUE, FrameIdentity.UNKNOWN, REJECTION);

        assertThat(letter.getSourceKey() != null).isEqualTo(present);
    }

    @Test
    void refusesANegativeLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadLetterFactory(-1))
                .withMessageContaining("-1");
    }

    private static MessageOrigin origin(byte[] key) {
        return new FrameMessage("frames", 2, 42, 99, key, null);
    }
}

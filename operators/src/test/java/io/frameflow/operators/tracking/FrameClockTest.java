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
package io.frameflow.operators.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameClockTest {
    private static final long FRAME = 40_000;

    private final FrameClock clock = new FrameClock();

    @Test
    void beforeItHasLearntOnlyTheSequenceCounts() {
        assertThat(clock.step(1, FRAME)).isEqualTo(1);
        assertThat(clock.step(1, 100 * FRAME)).isEqualTo(1);
        assertThat(clock.step(5, FRAME)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        // sequences, part of a frame's time, expected
        "1, 1.0, 1",
        "1, 0.2, 1",
        "1, 1.7, 1",
        "1, 1.8, 2",
        "1, 2.7, 2",
        "1, 30.0, 30",
        "3, 3.0, 3",
        "3, 1.0, 3",
        "3, 6.0, 6",
        "1, 0.0, 1",
        "1, -50.0, 1",
    })
    void theLongerOfSequenceAndTimeCounts(long sequences, double frames, int expected) {
        learn();

        assertThat(clock.step(sequences, (long) (frames * FRAME))).isEqualTo(expected);
    }

    @Test
    void jitterDoesNotMatter() {
        Random random = new Random(5);
        learn();
        for (int i = 0; i < 1000; i++) {
            assertThat(clock.step(1, FRAME / 2 + random.nextInt((int) FRAME))).isEqualTo(1);
        }
    }

    @Test
    void aBurstAtTheBeginningIsForgotten() {
        for (int i = 0; i < 10; i++) {
            clock.step(1, 1000);
        }
        for (int i = 0; i < 500; i++) {
            assertThat(clock.step(1, FRAME)).isEqualTo(1);
        }
        assertThat(clock.step(1, 10 * FRAME)).isEqualTo(10);
    }

    @Test
    void itFollowsACameraThatBecomesSlower() {
        learn();
        assertThat(clock.step(1, 2 * FRAME)).isEqualTo(2);
        for (int i = 0; i < 500; i++) {
            clock.step(1, 2 * FRAME);
        }

        assertThat(clock.step(1, 2 * FRAME)).isEqualTo(1);
    }

    @Test
    void oneLongPauseDoesNotMakeItForgetWhatIsUsual() {
        learn();
        clock.step(1, 1_000_000 * FRAME);

        assertThat(clock.step(1, 3 * FRAME)).isEqualTo(3);
    }

    @Test
    void stepsAreBounded() {
        assertThat(clock.step(Long.MAX_VALUE, 1)).isEqualTo(FrameClock.MOST_FRAMES);
        learn();
        assertThat(clock.step(1, Long.MAX_VALUE)).isEqualTo(FrameClock.MOST_FRAMES);
    }

    @Test
    void aRestoredClockGoesOnAsTheOriginal() {
        for (int i = 0; i < 50; i++) {
            clock.step(1, FRAME + i);
        }
        BinaryWriter writer = new BinaryWriter();
        clock.write(writer);
        BinaryReader reader = new BinaryReader();
        reader.reset(writer.toByteArray());
        FrameClock restored = new FrameClock();
        restored.read(reader);

        for (int i = 0; i < 50; i++) {
            long micros = FRAME + 1000L * i;
            assertThat(restored.step(1, micros)).isEqualTo(clock.step(1, micros));
        }
    }

    private void learn() {
        for (int i = 0; i < FrameClock.LEARNING_FRAMES; i++) {
            clock.step(1, FRAME);
        }
    }
}

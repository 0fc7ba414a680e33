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

import static io.frameflow.operators.tracking.FrameOrder.DUPLICATE;
import static io.frameflow.operators.tracking.FrameOrder.LATE;
import static io.frameflow.operators.tracking.FrameOrder.NEXT;
import static io.frameflow.operators.tracking.FrameOrder.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHistoryTest {
    private static final int RUN = FrameHistory.RESTART_RUN;
    private static final int WINDOW = FrameHistory.WINDOW;
    private static final long FRAME = 40_000;

    private final FrameHistory history = new FrameHistory();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "a")
    void risingSequencesAreNextWithGapsOrWithout(@Nullable String session) {
        assertThat(judge(session, 7)).isEqualTo(NEXT);
        assertThat(judge(session, 8)).isEqualTo(NEXT);
        assertThat(judge(session, 1_000_000)).isEqualTo(NEXT);
        assertThat(judge(session, Long.MAX_VALUE)).isEqualTo(NEXT);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "a")
    void aSequenceThatWasSeenIsADuplicateAndOneThatWasNotIsLate(@Nullable String session) {
        judge(session, 10);
        judge(session, 12);

        assertThat(judge(session, 12)).isEqualTo(DUPLICATE);
        assertThat(judge(session, 10)).isEqualTo(DUPLICATE);
        assertThat(judge(session, 11)).isEqualTo(LATE);
        assertThat(judge(session, 11)).as("late for the second time").isEqualTo(DUPLICATE);
        assertThat(judge(session, 13)).isEqualTo(NEXT);
    }

    @Test
    void beyondTheWindowNobodyKnowsWhetherAFrameWasSeen() {
        for (int sequence = 0; sequence <= WINDOW; sequence++) {
            judge("a", sequence);
        }

        assertThat(judge("a", 1)).isEqualTo(DUPLICATE);
        assertThat(judge("a", 0)).isEqualTo(LATE);
    }

    @Test
    void aClockThatJumpsBackDoesNotMatterWhileTheSequenceRises() {
        judge("a", 1, 1_000_000);

        assertThat(judge("a", 2, 5)).isEqualTo(NEXT);
        assertThat(history.captureTimeMicros()).isEqualTo(5);
    }

    @Test
    void aNewSessionIsARestartAndFramesOfTheOldOneAreLateForEver() {
        judge("a", 100);

        assertThat(judge("b", 0)).isEqualTo(RESTART);
        for (int sequence = 101; sequence < 101 + 3 * RUN; sequence++) {
            assertThat(judge("a", sequence)).isEqualTo(LATE);
        }
        assertThat(judge("b", 1)).isEqualTo(NEXT);
        assertThat(judge("c", 0)).isEqualTo(RESTART);
        assertThat(judge("a", 500)).isEqualTo(LATE);
        assertThat(judge("b", 500)).isEqualTo(LATE);
    }

    @Test
    void asManyEarlierSessionsAreRememberedAsItSays() {
        for (int i = 0; i <= FrameHistory.EARLIER_SESSIONS; i++) {
            judge("session " + i, 0);
        }
        assertThat(judge("session 0", 1)).isEqualTo(LATE);

        assertThat(judge("one more", 0)).isEqualTo(RESTART);

        assertThat(judge("session 1", 1)).isEqualTo(LATE);
        assertThat(judge("session 0", 1)).as("forgotten").isEqualTo(RESTART);
    }

    @Test
    void withoutASessionASequenceThatGoesBackWhileTimeGoesOnIsARestart() {
        judge(null, 500, 1_000_000);

        assertThat(judge(null, 0, 1_000_001)).isEqualTo(RESTART);
        assertThat(judge(null, 1, 1_000_002)).isEqualTo(NEXT);
    }

    @Test
    void inASessionASequenceThatGoesBackIsLateWhateverTheTime() {
        judge("a", 5000, 1_000_000);

        assertThat(judge("a", 0, 2_000_000)).isEqualTo(LATE);
    }

    @Test
    void withoutASessionAClockAndACounterThatJumpedBackRefuseNoCameraForEver() {
        judge(null, 5000, 1_000_000_000);

        for (int i = 0; i < RUN - 1; i++) {
            assertThat(judge(null, i, i * FRAME)).as("frame %d", i).isEqualTo(LATE);
        }
        assertThat(judge(null, RUN - 1, (RUN - 1) * FRAME)).isEqualTo(RESTART);
        assertThat(judge(null, RUN, RUN * FRAME)).isEqualTo(NEXT);
    }

    @Test
    void withoutASessionTheJumpMayLeadToSequencesThatWereSeen() {
        for (int i = 0; i < 100; i++) {
            judge(null, i, 1_000_000_000 + i * FRAME);
        }

        for (int i = 0; i < RUN - 1; i++) {
            assertThat(judge(null, i, i * FRAME)).isEqualTo(DUPLICATE);
        }
        assertThat(judge(null, RUN - 1, (RUN - 1) * FRAME)).isEqualTo(RESTART);
    }

    @Test
    void inASessionACounterThatJumpedBackIsARestartToo() {
        judge("a", Long.MAX_VALUE);

        for (int i = 0; i < RUN - 1; i++) {
            assertThat(judge("a", i)).isEqualTo(LATE);
        }
        assertThat(judge("a", RUN - 1)).isEqualTo(RESTART);
        assertThat(history.session()).isEqualTo("a");
    }

    @Test
    void inASessionDuplicatesAreNoRestartHoweverMany() {
        for (int i = 0; i < WINDOW; i++) {
            judge("a", i);
        }

        for (int i = 0; i < WINDOW; i++) {
            assertThat(judge("a", i)).isEqualTo(DUPLICATE);
        }
    }

    @Test
    void aFrameInOrderOrOutOfRowBreaksARun() {
        judge(null, 5000, 1_000_000_000);
        for (int i = 0; i < RUN - 1; i++) {
            judge(null, i, i * FRAME);
        }
        assertThat(judge(null, 5001, 1_000_040_000)).isEqualTo(NEXT);
        for (int i = 100; i < 100 + RUN - 1; i++) {
            assertThat(judge(null, i, i * FRAME)).isEqualTo(LATE);
        }
        assertThat(judge(null, 3, 3 * FRAME)).as("does not rise").isNotEqualTo(RESTART);
        assertThat(judge(null, 200, 0)).as("time falls").isEqualTo(LATE);
    }

    @Test
    void stragglersWithoutASessionDoNotEndOneThatIsNamed() {
        judge(null, 100, 1_000_000);
        assertThat(judge("a", 0, 2_000_000)).isEqualTo(RESTART);

        assertThat(judge(null, 101, 1_040_000)).isEqualTo(LATE);
        assertThat(judge("a", 1, 2_040_000)).isEqualTo(NEXT);
    }

    @Test
    void aPublisherThatNoLongerNamesSessionsIsHeardInTheEnd() {
        judge("a", 100);

        for (int i = 0; i < RUN - 1; i++) {
            assertThat(judge(null, i)).isEqualTo(LATE);
        }
        assertThat(judge(null, RUN - 1)).isEqualTo(RESTART);
        assertThat(judge("a", 101)).isEqualTo(LATE);
    }

    @Property(tries = 100)
    void duplicatesAreWhatWasSeenInTheWindow(@ForAll long seed) {
        FrameHistory fresh = new FrameHistory();
        Random random = new Random(seed);
        BitSet seen = new BitSet();
        long newest = -1;
        for (int i = 0; i < 2000; i++) {
            long sequence = Math.max(0, newest + random.nextInt(2 * WINDOW) - 2 * WINDOW + 70);
            FrameOrder expected = NEXT;
            if (sequence <= newest) {
                boolean isKnown = newest - sequence < WINDOW && seen.get((int) sequence);
                expected = isKnown ? DUPLICATE : LATE;
            }
            assertThat(fresh.judge("a", sequence, i % 2)).isEqualTo(expected);
            newest = Math.max(newest, sequence);
            seen.set((int) sequence);
        }
    }

    @Property(tries = 100)
    void aRestoredHistoryJudgesAsTheOriginal(@ForAll long seed) {
        FrameHistory original = new FrameHistory();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            judgeAny(original, random.nextLong());
        }
        FrameHistory restored = copy(original);

        for (int i = 0; i < 200; i++) {
            long choice = random.nextLong();
            assertThat(judgeAny(restored, choice)).isEqualTo(judgeAny(original, choice));
        }
    }

    private static FrameOrder judgeAny(FrameHistory judge, long choice) {
        Random random = new Random(choice);
        String session = random.nextInt(3) == 0 ? null : "s" + random.nextInt(4);
        return judge.judge(session, random.nextInt(300), random.nextInt(1000));
    }

    private static FrameHistory copy(FrameHistory original) {
        BinaryWriter writer = new BinaryWriter();
        original.write(writer);
        BinaryReader reader = new BinaryReader();
        reader.reset(writer.toByteArray());
        FrameHistory copy = new FrameHistory();
        copy.read(reader, true);
        assertThat(reader.remaining()).isZero();
        return copy;
    }

    private FrameOrder judge(@Nullable String session, long sequence) {
        return judge(session, sequence, sequence % 1_000_000 * FRAME);
    }

    private FrameOrder judge(@Nullable String session, long sequence, long micros) {
        return history.judge(session, sequence, micros);
    }
}

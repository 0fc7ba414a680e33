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

import static io.frameflow.operators.tracking.Frames.box;
import static io.frameflow.operators.tracking.Frames.captureTimeOf;
import static io.frameflow.operators.tracking.Frames.frame;
import static io.frameflow.operators.tracking.TrackingHarness.IN_ORDER;
import static io.frameflow.operators.tracking.TrackingHarness.REORDERING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.TensorDataType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReorderingTest {
    private static final int WINDOW = REORDERING.window();
    private static final long TIMEOUT = REORDERING.timeout().toMillis();
    private static final long IDLE = TrackingHarness.IDLE_TIMEOUT.toMillis();

    private TrackingHarness harness;

    @BeforeEach
    @BeforeTry
    void open() throws Exception {
        harness = new TrackingHarness(IN_ORDER, 1, 0, null);
    }

    @AfterEach
    @AfterTry
    void close() throws Exception {
        harness.close();
    }

    @Test
    void framesInOrderNeverWait() throws Exception {
        for (int i = 0; i < 20; i++) {
            process("a", i);
            assertThat(harness.results()).hasSize(i + 1);
        }
        assertThat(harness.timers()).isEqualTo(1);
    }

    @Test
    void aFrameThatWasOvertakenIsPutInOrder() throws Exception {
        process("a", 0, 2, 3);
        assertThat(released()).as("behind the gap").containsExactly(0L);

        process("a", 1);

        assertThat(released()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(harness.deadLetters()).isEmpty();
        assertThat(harness.results()).allSatisfy(r -> assertThat(Frames.ids(r)).containsOnly(1L));
    }

    @Test
    void aMissingFrameIsGivenUpWhenTheWindowHasPassed() throws Exception {
        process("a", 0, 2, 3, 4, 5, 6);
        assertThat(released()).containsExactly(0L);

        process("a", 1 + WINDOW + 1);

        assertThat(released()).containsExactly(0L, 2L, 3L, 4L, 5L, 6L, 7L);
        process("a", 1);
        assertThat(codes()).containsExactly("LATE_FRAME");
    }

    @Test
    void aMissingFrameIsGivenUpWhenOneHasWaitedForTooLong() throws Exception {
        process("a", 0, 2);
        long held = captureTimeOf(2) / 1000;
        harness.process(frame("c", "a", 4), held + TIMEOUT - 1);
        assertThat(released()).containsExactly(0L);

        harness.process(frame("c", "a", 1), held + TIMEOUT);

        assertThat(released()).containsExactly(0L, 2L);
        assertThat(codes()).containsExactly("LATE_FRAME");
        harness.process(frame("c", "a", 3), held + TIMEOUT + 1);
        assertThat(released()).containsExactly(0L, 2L, 3L, 4L);
    }

    @Test
    void aTimerEndsTheWaitingOfACameraThatFellSilent() throws Exception {
        harness.clock(1_000);
        process("a", 0, 2);
        assertThat(harness.timers()).as("one for silence, one for waiting").isEqualTo(2);
        long due = captureTimeOf(2) / 1000 + TIMEOUT;

        harness.clock(1_000 + TIMEOUT);
        harness.watermark(due - 1);
        assertThat(released()).containsExactly(0L);
        harness.watermark(due);

        assertThat(released()).containsExactly(0L, 2L);
        assertThat(harness.timers()).isEqualTo(1);
    }

    @Test
    void aWatermarkOfTheFutureEndsNoWaitingOfACameraThatIsHeard() throws Exception {
        harness.clock(1_000);
        process("a", 0, 2);

        harness.watermark(captureTimeOf(2) / 1000 + 100 * TIMEOUT);
        process("a", 1);

        assertThat(released()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void framesDoNotWaitForEverWhereEventTimeStandsStill() throws Exception {
        harness.clock(1_000);
        process("a", 0, 2, 3);

        harness.clock(1_000 + IDLE - 1);
        assertThat(released()).containsExactly(0L);
        harness.clock(1_000 + 2 * IDLE);

        assertThat(released()).containsExactly(0L, 2L, 3L);
        assertThat(harness.deadLetters()).isEmpty();
        assertThat(harness.events()).as("no track ends").hasSize(1);
        assertThat(harness.clockTimers()).isZero();
        process("a", 4);
        assertThat(released()).containsExactly(0L, 2L, 3L, 4L);
        assertThat(harness.results()).allSatisfy(r -> assertThat(Frames.ids(r)).containsOnly(1L));
    }

    @Test
    void theClockEndsNoWaitingOfACameraThatIsHeard() throws Exception {
        harness.clock(1_000);
        process("a", 0, 2);
        harness.clock(1_000 + IDLE);
        process("a", 3);

        harness.clock(2 * IDLE);
        assertThat(released()).containsExactly(0L);
        harness.clock(3 * IDLE);

        assertThat(released()).containsExactly(0L, 2L, 3L);
    }

    @Test
    void theTimeForWhichAJobStoodStillEndsNoWaiting() throws Exception {
        harness.clock(1_000);
        process("a", 0, 2);
        OperatorSubtaskState state = harness.snapshot();

        try (TrackingHarness restored = new TrackingHarness(IN_ORDER, 1, 0, state)) {
            restored.clock(10 * IDLE);
            assertThat(restored.results()).isEmpty();
            restored.clock(12 * IDLE);

            assertThat(sequences(restored.results())).containsExactly(2L);
        }
    }

    @Test
    void timersByTheClockDoNotGatherWhereFramesWaitAllTheTime() throws Exception {
        for (int i = 0; i < 500; i++) {
            harness.clock(1_000L + i * IDLE / 50);
            process("a", 2L * i * i);
            assertThat(harness.clockTimers()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void theTimerOrTheNextFrameSayTheSame() throws Exception {
        FrameDetections later = frame("c", "a", 1, box(0, 0));
        try (TrackingHarness other = new TrackingHarness(IN_ORDER, 1, 0, null)) {
            for (TrackingHarness each : List.of(harness, other)) {
                each.clock(1_000);
                each.process(frame("c", "a", 0, box(0, 0)));
                each.process(frame("c", "a", 2, box(0, 0)));
            }
            long due = captureTimeOf(2) / 1000 + TIMEOUT;
            other.clock(1_000 + TIMEOUT);
            other.watermark(due);

            harness.process(later, due);
            other.process(frame("c", "a", 1, box(0, 0)), due);

            assertThat(sequences(other.results())).isEqualTo(released()).containsExactly(0L, 2L);
            assertThat(other.events()).isEqualTo(harness.events());
            assertThat(other.deadLetters()).isEqualTo(harness.deadLetters()).hasSize(1);
        }
    }

    @Test
    void atTheEndOfInputNothingWaits() throws Exception {
        process("a", 0, 2, 4, 6);

        harness.watermark(Long.MAX_VALUE);

        assertThat(released()).containsExactly(0L, 2L, 4L, 6L);
        assertThat(harness.timers()).isZero();
    }

    @Test
    void aRestartEndsTheWaitingOfTheSessionBefore() throws Exception {
        process("a", 0, 2, 3);
        process("b", 0);
        process("a", 1);

        assertThat(harness.results())
                .extracting(r -> r.getSession() + r.getSequence())
                .containsExactly("a0", "a2", "a3", "b0");
        assertThat(codes()).containsExactly("LATE_FRAME");
    }

    @Test
    void framesOfAnEarlierSessionEndNoWaiting() throws Exception {
        process("a", 7);
        process("b", 0, 2);
        process("a", 8);
        assertThat(codes()).containsExactly("LATE_FRAME");

        process("b", 1);

        assertThat(released()).containsExactly(7L, 0L, 1L, 2L);
    }

    @Test
    void aFrameThatWaitsComesTwice() throws Exception {
        process("a", 0, 2, 2);

        assertThat(codes()).containsExactly("DUPLICATE_FRAME");
        process("a", 1, 2);
        assertThat(released()).containsExactly(0L, 1L, 2L);
        assertThat(codes()).containsExactly("DUPLICATE_FRAME", "DUPLICATE_FRAME");
    }

    @Test
    void aSilenceEndsTheWaiting() throws Exception {
        process("a", 0, 2);
        long later = captureTimeOf(2) / 1000 + TrackingHarness.IDLE_TIMEOUT.toMillis();

        harness.process(frame("c", "a", 9), later);

        assertThat(released()).containsExactly(0L, 2L, 9L);
    }

    @Test
    void framesWithoutATimeDoNotWait() throws Exception {
        harness.processWithoutTime(frame("c", "a", 0));
        harness.processWithoutTime(frame("c", "a", 2));

        assertThat(released()).containsExactly(0L, 2L);
    }

    @Test
    void aCameraThatLeavesOutTheSameNumberEachTimeIsNotWaitedFor() throws Exception {
        for (int i = 0; i < 30; i++) {
            process("a", 5L * i);
        }
        assertThat(harness.results()).hasSize(30);
        process("a", 5L * 30);

        assertThat(harness.results()).as("at once").hasSize(31);
        process("a", 5L * 32, 5L * 31);
        assertThat(released()).endsWith(150L, 155L, 160L);
    }

    @Test
    void framesThatAreTooLargeToWaitEndTheWaitingOfOthers() throws Exception {
        process("a", 0);
        harness.process(large("a", 2));
        assertThat(released()).as("there is room for one").containsExactly(0L);

        harness.process(large("a", 4));

        assertThat(released()).containsExactly(0L, 2L);
        harness.watermark(Long.MAX_VALUE);
        assertThat(released()).containsExactly(0L, 2L, 4L);
    }

    @Test
    void framesThatWaitAreInTheCheckpoint() throws Exception {
        process("a", 0, 3, 2);
        OperatorSubtaskState state = harness.snapshot();

        try (TrackingHarness restored = new TrackingHarness(IN_ORDER, 1, 0, state)) {
            restored.process(frame("c", "a", 1, box(0, 0)));

            assertThat(sequences(restored.results())).containsExactly(1L, 2L, 3L);
            assertThat(restored.results())
                    .allSatisfy(r -> assertThat(Frames.ids(r)).containsExactly(1L));
            assertThat(restored.timers()).isEqualTo(1);
        }
    }

    @Property(tries = 25)
    void whateverIsOvertakenByNoMoreThanTheWindowIsPutInOrder(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        process("other", "a", 0);
        for (long sequence : overtaken(0, random)) {
            process(sequence > 0 && random.nextInt(9) == 0 ? "other" : "c", "a", sequence);
        }
        // Frames of the other camera are missing in this one, so that gaps are tried as well.
        harness.watermark(Long.MAX_VALUE);

        assertThat(harness.deadLetters()).isEmpty();
        for (String camera : List.of("c", "other")) {
            assertThat(sequences(of(camera))).as(camera).isSorted();
        }
        assertThat(harness.results()).hasSize(201);
    }

    @Property(tries = 25)
    void everyFrameIsExactlyOneRecordHoweverTheyCome(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        int frames = 150;
        long time = captureTimeOf(0) / 1000;
        for (int i = 0; i < frames; i++) {
            String session = random.nextInt(20) == 0 ? null : "s" + i / 60;
            FrameDetections frame = frame("c", session, Math.max(0, i + random.nextInt(30) - 15));
            frame.setSourceOffset((long) i);
            time += random.nextInt(10) == 0 ? random.nextInt(3_000) : 40;
            if (random.nextInt(30) == 0) {
                harness.processWithoutTime(frame);
            } else {
                harness.process(frame, time);
            }
            if (random.nextInt(10) == 0) {
                harness.clock(time);
                harness.watermark(time - random.nextInt(2_000));
            }
        }
        harness.watermark(Long.MAX_VALUE);

        List<Long> offsets = new ArrayList<>();
        harness.results().forEach(result -> offsets.add(result.getSourceOffset()));
        harness.deadLetters().forEach(letter -> offsets.add(letter.getSourceOffset()));
        assertThat(offsets)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, frames).boxed().toList());
    }

    @Test
    void parametersAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reordering(-1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Reordering(Reordering.LARGEST_WINDOW + 1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reordering(1, Duration.ZERO));
    }

    /** The sequences from 0 on, each overtaken by no more than the window says. */
    private static List<Long> overtaken(long from, Random random) {
        record Delayed(long sequence, double place) {}
        return LongStream.range(from, from + 200)
                .mapToObj(s -> new Delayed(s, s == 0 ? -1 : s + random.nextDouble(WINDOW)))
                .sorted(Comparator.comparingDouble(Delayed::place))
                .map(Delayed::sequence)
                .toList();
    }

    private void process(@Nullable String session, long... sequences) throws Exception {
        for (long sequence : sequences) {
            process("c", session, sequence);
        }
    }

    private void process(String camera, @Nullable String session, long sequence) throws Exception {
        FrameDetections frame = frame(camera, session, sequence, box(0, 0));
        frame.setCaptureTimeUs(captureTimeOf(0) + sequence);
        harness.process(frame, captureTimeOf(2) / 1000);
    }

    private static FrameDetections large(String session, long sequence) {
        FrameDetections frame = frame("c", session, sequence);
        int bytes = HeldFrames.MOST_WEIGHT * 2 / 3;
        frame.setTensors(
                List.of(
                        new Tensor(
                                "logits",
                                TensorDataType.UINT8,
                                List.of(bytes),
                                ByteBuffer.allocate(bytes))));
        return frame;
    }

    private List<FrameDetections> of(String camera) {
        return harness.results().stream().filter(r -> r.getCameraId().equals(camera)).toList();
    }

    private List<Long> released() {
        return sequences(harness.results());
    }

    private static List<Long> sequences(List<FrameDetections> results) {
        return results.stream().map(FrameDetections::getSequence).toList();
    }

    private List<String> codes() {
        return harness.deadLetters().stream().map(DeadLetter::getCode).toList();
    }
}

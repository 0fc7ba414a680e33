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
import static io.frameflow.operators.tracking.Frames.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.metrics.MetricNames;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingFunctionTest {
    private static final long IDLE_MILLIS = TrackingHarness.IDLE_TIMEOUT.toMillis();

    private TrackingHarness harness;

    @BeforeEach
    void open() throws Exception {
        harness = TrackingHarness.single();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aFrameLeavesWithItsTracksAndTheTimeThatTheyTook() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 0), box(300, 0)));

        FrameDetections result = harness.results().get(0);
        assertThat(ids(result)).containsExactly(1L, 2L);
        assertThat(result.getDurations().getTrackingUs()).isPositive();
        assertThat(result.getDurations().getInferenceUs()).isEqualTo(5);
        assertThat(harness.events()).hasSize(2);
        assertThat(harness.deadLetters()).isEmpty();
    }

    @Test
    void eachCameraCountsItsOwnTracks() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 0)));
        harness.process(frame("d", "a", 0, box(300, 0), box(0, 0)));
        harness.process(frame("c", "a", 1, box(2, 0), box(300, 0)));

        assertThat(harness.results())
                .map(Frames::ids)
                .containsExactly(List.of(1L), List.of(1L, 2L), List.of(1L, 2L));
    }

    @Test
    void aFrameThatComesTwiceIsADeadLetter() throws Exception {
        harness.process(frame("c", "a", 5, box(0, 0)));
        harness.process(frame("c", "a", 5, box(0, 0)));

        assertThat(harness.results()).hasSize(1);
        DeadLetter letter = harness.deadLetters().get(0);
        assertThat(letter.getCode()).isEqualTo("DUPLICATE_FRAME");
        assertThat(letter.getStage()).isEqualTo("tracking");
        assertThat(letter.getMessage()).contains("sequence 5");
        assertThat(letter.getSourceTopic()).isEqualTo("frames");
        assertThat(letter.getSourcePartition()).isEqualTo(3);
        assertThat(letter.getSourceOffset()).isEqualTo(1005);
        assertThat(letter.getSourceTimestampMs()).isEqualTo(captureTimeOf(5) / 1000);
        assertThat(letter.getCameraId()).isEqualTo("c");
        assertThat(letter.getSession()).isEqualTo("a");
        assertThat(letter.getSequence()).isEqualTo(5);
        assertThat(letter.getCaptureTimeUs()).isEqualTo(captureTimeOf(5));
        assertThat(letter.getPayload()).isNull();
    }

    @Test
    void aFrameThatComesLateIsADeadLetter() throws Exception {
        harness.process(frame("c", "a", 5, box(0, 0)));
        harness.process(frame("c", "a", 4, box(0, 0)));

        assertThat(harness.results()).hasSize(1);
        DeadLetter letter = harness.deadLetters().get(0);
        assertThat(letter.getCode()).isEqualTo("LATE_FRAME");
        assertThat(letter.getMessage()).contains("sequence 4").contains("sequence 5");
    }

    @Test
    void framesThatAreRefusedAreCountedAlsoWhereTimeRunsBackwards() throws Exception {
        for (int i = 0; i < 100; i++) {
            harness.process(frame("c", "a", 1_000 - i, box(0, 0)));
        }
        harness.process(frame("c", "a", 1_000, box(0, 0)));

        assertThat(harness.results()).hasSize(1);
        assertThat(harness.deadLetters()).hasSize(100);
        assertThat(harness.count(MetricNames.FRAMES_FAILED)).isEqualTo(100);
        assertThat(harness.count(MetricNames.FRAMES_TRACKED)).isEqualTo(1);
    }

    @Test
    void withoutATimeOfTheMessageTheDeadLetterSaysSo() throws Exception {
        harness.processWithoutTime(frame("c", "a", 5));
        harness.processWithoutTime(frame("c", "a", 5));

        assertThat(harness.deadLetters().get(0).getSourceTimestampMs()).isEqualTo(-1);
        assertThat(harness.timers()).isZero();
    }

    @Test
    void afterARestartFramesOfTheEarlierSessionAreDeadLetters() throws Exception {
        harness.process(frame("c", "a", 5, box(0, 0)));
        harness.process(frame("c", "b", 0, box(0, 0)));
        harness.process(frame("c", "a", 6, box(0, 0)));
        harness.process(frame("c", "b", 1, box(0, 0)));

        assertThat(harness.results())
                .map(Frames::ids)
                .containsExactly(List.of(1L), List.of(2L), List.of(2L));
        assertThat(harness.deadLetters()).map(DeadLetter::getCode).containsExactly("LATE_FRAME");
    }

    @Test
    void everyFrameIsExactlyOneRecord() throws Exception {
        for (int i = 0; i < 300; i++) {
            harness.process(frame("c", i % 7 == 0 ? null : "a", i * 37 % 100, box(i, 0)));
        }

        assertThat(harness.results().size() + harness.deadLetters().size()).isEqualTo(300);
        assertThat(harness.deadLetters()).isNotEmpty();
        assertThat(harness.results()).isNotEmpty();
    }

    @Test
    void aSilentCameraEndsItsTracksWhenEventTimeAndClockHavePassed() throws Exception {
        harness.clock(1_000);
        harness.process(frame("c", "a", 0, box(0, 0)));
        harness.process(frame("c", "a", 1, box(0, 0)));
        harness.clock(1_000 + IDLE_MILLIS);

        harness.watermark(captureTimeOf(1) / 1000 + IDLE_MILLIS - 1);
        assertThat(types()).containsExactly("CONFIRMED");

        harness.watermark(captureTimeOf(1) / 1000 + IDLE_MILLIS);
        assertThat(types()).containsExactly("CONFIRMED", "ENDED");
        assertThat(harness.events().get(1).getSequence()).isEqualTo(1);
        assertThat(harness.timers()).isZero();

        harness.process(frame("c", "a", 5_000, box(0, 0)));
        assertThat(ids(harness.results().get(2)))
                .as("ids are never used again")
                .containsExactly(2L);
    }

    @Test
    void theTimerOrTheNextFrameSayTheSameOfASilence() throws Exception {
        FrameDetections later = frame("c", "a", 5_000, box(0, 0));
        try (TrackingHarness other = TrackingHarness.single()) {
            for (TrackingHarness each : List.of(harness, other)) {
                each.clock(1_000);
                each.process(frame("c", "a", 0, box(0, 0)));
            }
            other.clock(1_000 + IDLE_MILLIS);
            other.watermark(captureTimeOf(0) / 1000 + IDLE_MILLIS);
            assertThat(other.events()).hasSize(2);

            harness.process(later);
            other.process(frame("c", "a", 5_000, box(0, 0)));

            assertThat(other.events()).isEqualTo(harness.events());
            assertThat(ids(other.results().get(1))).isEqualTo(ids(harness.results().get(1)));
        }
    }

    @Test
    void framesThatWereHeldBackGiveTheSameLiveAndInAReplay() throws Exception {
        long held = captureTimeOf(1) / 1000 + 2 * IDLE_MILLIS;
        try (TrackingHarness live = TrackingHarness.single()) {
            live.clock(1_000);
            live.process(frame("c", "a", 0, box(0, 0)));
            live.clock(1_000 + 2 * IDLE_MILLIS);
            live.watermark(held - 1);
            live.process(frame("c", "a", 1, box(0, 0)), held);

            harness.process(frame("c", "a", 0, box(0, 0)));
            harness.process(frame("c", "a", 1, box(0, 0)), held);

            assertThat(live.events()).hasSize(2).isEqualTo(harness.events());
            assertThat(ids(live.results().get(1))).isEqualTo(ids(harness.results().get(1)));
        }
    }

    @Test
    void aWatermarkOfTheFutureEndsNoTracksOfACameraThatIsHeard() throws Exception {
        harness.clock(1_000);
        harness.process(frame("c", "a", 0, box(0, 0)));

        harness.watermark(captureTimeOf(0) / 1000 + 100 * IDLE_MILLIS);
        harness.clock(1_040);
        harness.process(frame("c", "a", 1, box(0, 0)));
        harness.watermark(captureTimeOf(0) / 1000 + 100 * IDLE_MILLIS + 1);

        assertThat(types()).containsExactly("CONFIRMED");
        assertThat(ids(harness.results().get(1))).containsExactly(1L);
        assertThat(harness.timers()).isEqualTo(1);

        harness.clock(1_040 + IDLE_MILLIS);
        harness.watermark(captureTimeOf(0) / 1000 + 102 * IDLE_MILLIS);
        assertThat(types()).containsExactly("CONFIRMED", "ENDED");
    }

    @Test
    void aCameraHasOneTimerHoweverManyFramesItSends() throws Exception {
        for (int i = 0; i < 100; i++) {
            harness.process(frame("c", "a", i, box(0, 0)));
            harness.watermark(captureTimeOf(i) / 1000 - 1);
        }

        assertThat(harness.timers()).isEqualTo(1);
    }

    @Test
    void timeThatTheJobDidNotRunIsNoSilence() throws Exception {
        harness.clock(1_000);
        harness.process(frame("c", "a", 0, box(0, 0)));
        OperatorSubtaskState state = harness.snapshot();

        try (TrackingHarness restored = TrackingHarness.restored(state)) {
            restored.clock(1_000 + 100 * IDLE_MILLIS);
            restored.watermark(captureTimeOf(0) / 1000 + 2 * IDLE_MILLIS);
            restored.process(frame("c", "a", 1, box(0, 0)));

            assertThat(restored.events()).isEmpty();
            assertThat(ids(restored.results().get(0))).containsExactly(1L);
        }
    }

    @Test
    void atTheEndOfInputTracksEnd() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 0)));
        harness.process(frame("d", "a", 0, box(0, 0)));

        harness.watermark(Long.MAX_VALUE);

        assertThat(types()).containsExactly("CONFIRMED", "CONFIRMED", "ENDED", "ENDED");
        assertThat(harness.timers()).isZero();
    }

    @Test
    void theIdleTimeoutMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TrackingParameters(
                                        ByteTrackOptions.DEFAULTS,
                                        Duration.ZERO,
                                        Reordering.NONE,
                                        AnalyticsConfiguration.NONE));
    }

    private List<String> types() {
        return harness.events().stream().map(TrackEvent::getType).map(Enum::name).toList();
    }
}

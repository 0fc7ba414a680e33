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
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.ClassFilter;
import io.frameflow.operators.analytics.DirectionMode;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.Point;
import io.frameflow.operators.analytics.ZoneRule;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Analytics in the tracking operator: which frame an event names, and what survives. */
class TrackAnalyticsTest {
    private static final long IDLE_MILLIS = TrackingHarness.IDLE_TIMEOUT.toMillis();
    private static final List<Point> LEFT_HALF =
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1));
    private static final CameraRules RULES =
            new CameraRules(
                    List.of(new ZoneRule("left", LEFT_HALF, false, ClassFilter.ALL)),
                    List.of(new OvercrowdingRule("left", LEFT_HALF, 1, 0, ClassFilter.ALL)),
                    List.of(
                            new LineRule(
                                    "middle",
                                    new Point(0.4, 0.5),
                                    new Point(0.6, 0.5),
                                    new Point(0.5, 0),
                                    new Point(0.5, 1),
                                    false,
                                    DirectionMode.LOOSE,
                                    ClassFilter.ALL)),
                    List.of());

    private TrackingHarness harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(RULES, null);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void anEventTellsOfTheTrackAndItsPlace() throws Exception {
        harness.process(frame("c", "a", 0, box(930, 100)));
        harness.process(frame("c", "a", 1, box(950, 100)));

        TrackEvent crossed = event(TrackEventType.LINE_CROSSED);
        assertThat(crossed.getTrackId()).isEqualTo(1);
        assertThat(crossed.getSequence()).isEqualTo(1);
        assertThat(crossed.getLabel()).isEqualTo("person");
        assertThat(crossed.getLeft()).isEqualTo(950);
        assertThat(crossed.getAnalytics().getLabel()).isEqualTo("middle");
        assertThat(crossed.getAnalytics().getTotal()).isEqualTo(1);
        assertThat(crossed.getAnalytics().getOccupancy()).isNull();
        assertThat(crossed.getAnalytics().getDurationUs()).isNull();
        TrackEvent exited = event(TrackEventType.ZONE_EXITED);
        assertThat(exited.getAnalytics().getOccupancy()).isZero();
        assertThat(exited.getAnalytics().getDurationUs()).isEqualTo(Frames.FRAME_MICROS);
    }

    @Test
    void anEventAboutNoSingleTrackHasNone() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 100)));

        TrackEvent began = event(TrackEventType.OVERCROWDING_BEGAN);
        assertThat(began.getTrackId()).isZero();
        assertThat(began.getClassId()).isEqualTo(-1);
        assertThat(began.getLabel()).isEmpty();
        assertThat(began.getAnalytics().getOccupancy()).isEqualTo(1);
    }

    @Test
    void aRestartEmptiesTheZonesWithTheLastFrameBeforeIt() throws Exception {
        harness.process(frame("c", "a", 7, box(0, 100)));
        int before = harness.events().size();

        harness.process(frame("c", "b", 0));

        assertThat(describe(harness.events()).subList(before, harness.events().size()))
                .containsExactly(
                        "ZONE_EXITED 1 at a/7", "ENDED 1 at a/7", "OVERCROWDING_ENDED 0 at a/7");
    }

    @Test
    void theTimerOrTheNextFrameSayTheSameOfASilence() throws Exception {
        FrameDetections later = frame("c", "a", 5_000, box(0, 100));
        try (TrackingHarness other = harness(RULES, null)) {
            for (TrackingHarness each : List.of(harness, other)) {
                each.clock(1_000);
                each.process(frame("c", "a", 0, box(0, 100)));
            }
            other.clock(1_000 + IDLE_MILLIS);
            other.watermark(captureTimeOf(0) / 1000 + IDLE_MILLIS);
            assertThat(describe(other.events())).endsWith("OVERCROWDING_ENDED 0 at a/0");

            harness.process(later);
            other.process(frame("c", "a", 5_000, box(0, 100)));

            assertThat(other.events()).isEqualTo(harness.events()).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void totalsGoOnAfterARestartOfTheJob() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 100)));
        OperatorSubtaskState state = harness.snapshot();

        try (TrackingHarness restored = harness(RULES, state)) {
            restored.process(frame("c", "a", 1, box(0, 100)));
            assertThat(restored.events()).as("it is in the zone already").isEmpty();
            restored.process(frame("c", "a", 2, box(0, 100), box(300, 100)));
            restored.process(frame("c", "a", 3, box(0, 100), box(300, 100)));

            TrackEvent entered = restored.events().get(restored.events().size() - 1);
            assertThat(entered.getType()).isEqualTo(TrackEventType.ZONE_ENTERED);
            assertThat(entered.getAnalytics().getTotal()).isEqualTo(2);
            assertThat(entered.getAnalytics().getOccupancy()).isEqualTo(2);
        }
    }

    @Test
    void aCameraWhoseRulesAreGoneForgetsAndBeginsAnewWithThem() throws Exception {
        harness.process(frame("c", "a", 0, box(0, 100)));
        OperatorSubtaskState state = harness.snapshot();
        OperatorSubtaskState without;
        try (TrackingHarness other = new TrackingHarness(parameters(Map.of()), 1, 0, state)) {
            other.process(frame("c", "a", 1, box(0, 100)));
            assertThat(other.events()).isEmpty();
            without = other.snapshot();
        }

        try (TrackingHarness again = harness(RULES, without)) {
            again.process(frame("c", "a", 2, box(0, 100)));

            assertThat(describe(again.events()))
                    .containsExactly("ZONE_ENTERED 1 at a/2", "OVERCROWDING_BEGAN 0 at a/2");
            assertThat(again.events().get(0).getAnalytics().getTotal()).isEqualTo(1);
        }
    }

    @Test
    void camerasWithoutRulesHaveNone() throws Exception {
        harness.process(frame("other", "a", 0, box(0, 100)));

        assertThat(describe(harness.events())).containsExactly("CONFIRMED 1 at a/0");
    }

    private TrackEvent event(TrackEventType type) {
        return harness.events().stream()
                .filter(event -> event.getType() == type)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> describe(List<TrackEvent> events) {
        return events.stream()
                .map(
                        event ->
                                "%s %d at %s/%d"
                                        .formatted(
                                                event.getType(),
                                                event.getTrackId(),
                                                event.getSession(),
                                                event.getSequence()))
                .toList();
    }

    private static TrackingHarness harness(CameraRules rules, OperatorSubtaskState state)
            throws Exception {
        return new TrackingHarness(parameters(Map.of("c", rules)), 1, 0, state);
    }

    private static TrackingParameters parameters(Map<String, CameraRules> cameras) {
        return new TrackingParameters(
                ByteTrackOptions.DEFAULTS,
                TrackingHarness.IDLE_TIMEOUT,
                Reordering.NONE,
                new AnalyticsConfiguration(cameras));
    }
}

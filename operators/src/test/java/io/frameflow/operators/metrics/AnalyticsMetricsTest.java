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
package io.frameflow.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.analytics.AnalyticsState;
import io.frameflow.operators.analytics.CameraAnalytics;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.ClassFilter;
import io.frameflow.operators.analytics.DirectionMode;
import io.frameflow.operators.analytics.DirectionRule;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.Point;
import io.frameflow.operators.analytics.ZoneRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AnalyticsMetricsTest {
    private static final List<Point> LEFT_HALF =
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1));
    private static final CameraRules RULES =
            new CameraRules(
                    List.of(new ZoneRule("left", LEFT_HALF, false, ClassFilter.ALL)),
                    List.of(new OvercrowdingRule("left", LEFT_HALF, 2, 0, ClassFilter.ALL)),
                    List.of(
                            new LineRule(
                                    "middle",
                                    new Point(0, 0),
                                    new Point(1, 0),
                                    new Point(0.5, 0),
                                    new Point(0.5, 1),
                                    false,
                                    DirectionMode.LOOSE,
                                    ClassFilter.ALL)),
                    List.of(
                            new DirectionRule(
                                    "right",
                                    new Point(0, 0),
                                    new Point(1, 0),
                                    DirectionMode.LOOSE,
                                    ClassFilter.ALL)));

    private final Map<String, Gauge<?>> gauges = new TreeMap<>();
    private final AnalyticsMetrics metrics = new AnalyticsMetrics(new NamedGroup(""));

    /** A group that knows its path. */
    private final class NamedGroup extends UnregisteredMetricsGroup {
        private final String path;

        NamedGroup(String path) {
            this.path = path;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new NamedGroup(path + key + "." + value + ".");
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(path + name, gauge);
            return gauge;
        }
    }

    @Test
    void totalsAreShownAfterEachFrame() {
        CameraAnalytics analytics = new CameraAnalytics(RULES);
        AnalyticsState state = new AnalyticsState(RULES);
        metrics.update("gate", RULES, state);
        assertThat(gauges).hasSize(8).allSatisfy((name, value) -> assertZero(value));
        for (int i = 0; i < 3; i++) {
            analytics.begin(state, 1000, 1000, 1_000_000L * i);
            analytics.observe(state, 1, 0, 400 + 100 * i, 400, 10, 10, event -> {});
            analytics.observe(state, 2, 0, 100, 400, 10, 10, event -> {});
            analytics.settle(state, event -> {});
        }

        metrics.update("gate", RULES, state);

        Map<String, Object> values = new TreeMap<>();
        gauges.forEach((name, gauge) -> values.put(name, gauge.getValue()));
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "camera.gate.zone.left.zoneEntries", 2L,
                                "camera.gate.zone.left.zoneExits", 1L,
                                "camera.gate.zone.left.zoneOccupancy", 1L,
                                "camera.gate.zone.left.zoneDwellMs", 1000L,
                                "camera.gate.overcrowding.left.overcrowdings", 1L,
                                "camera.gate.overcrowding.left.crowd", 1L,
                                "camera.gate.line.middle.lineCrossings", 1L,
                                "camera.gate.direction.right.directionChanges", 1L));
    }

    private static void assertZero(Gauge<?> gauge) {
        assertThat(gauge.getValue()).isEqualTo(0L);
    }
}

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

import io.frameflow.operators.analytics.AnalyticsState;
import io.frameflow.operators.analytics.CameraRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Totals of analytics; {@link MetricNames} says what each one means. They are copied out of the
 * state of a camera after each of its frames, since reporters read them in threads of their own.
 *
 * <p>{@link #update} is for one thread, that of the task.
 */
public final class AnalyticsMetrics {
    private final MetricGroup group;
    private final Map<String, List<Total>> cameras = new HashMap<>();

    private record Total(AtomicLong value, ToLongFunction<AnalyticsState> source) {}

    /** Metrics under the group of an operator; they appear with the first frame of a camera. */
    public AnalyticsMetrics(MetricGroup group) {
        this.group = group;
    }

    /** Shows what the state of a camera says now. */
    public void update(String cameraId, CameraRules rules, AnalyticsState state) {
        List<Total> totals = cameras.computeIfAbsent(cameraId, id -> register(id, rules));
        for (int i = 0; i < totals.size(); i++) {
            Total total = totals.get(i);
            total.value().set(total.source().applyAsLong(state));
        }
    }

    private List<Total> register(String cameraId, CameraRules rules) {
        MetricGroup camera = group.addGroup(MetricNames.CAMERA, cameraId);
        List<Total> totals = new ArrayList<>();
        for (int i = 0; i < rules.zones().size(); i++) {
            registerZone(
                    camera.addGroup(MetricNames.ZONE, rules.zones().get(i).label()), i, totals);
        }
        for (int i = 0; i < rules.overcrowding().size(); i++) {
            int index = i;
            MetricGroup crowd =
                    camera.addGroup(MetricNames.OVERCROWDING, rules.overcrowding().get(i).label());
            register(crowd, MetricNames.OVERCROWDINGS, state -> state.overcrowdings(index), totals);
            register(crowd, MetricNames.CROWD, state -> state.crowd(index), totals);
        }
        for (int i = 0; i < rules.lines().size(); i++) {
            int index = i;
            register(
                    camera.addGroup(MetricNames.LINE, rules.lines().get(i).label()),
                    MetricNames.LINE_CROSSINGS,
                    state -> state.crossings(index),
                    totals);
        }
        for (int i = 0; i < rules.directions().size(); i++) {
            int index = i;
            register(
                    camera.addGroup(MetricNames.DIRECTION, rules.directions().get(i).label()),
                    MetricNames.DIRECTION_CHANGES,
                    state -> state.directionChanges(index),
                    totals);
        }
        return totals;
    }

    private static void registerZone(MetricGroup zone, int index, List<Total> totals) {
        register(zone, MetricNames.ZONE_ENTRIES, state -> state.entries(index), totals);
        register(zone, MetricNames.ZONE_EXITS, state -> state.exits(index), totals);
        register(zone, MetricNames.ZONE_OCCUPANCY, state -> state.occupancy(index), totals);
        register(
                zone,
                MetricNames.ZONE_DWELL_MS,
                state -> TimeUnit.MICROSECONDS.toMillis(state.dwellMicros(index)),
                totals);
    }

    private static void register(
            MetricGroup group,
            String name,
            ToLongFunction<AnalyticsState> source,
            List<Total> totals) {
        AtomicLong value = new AtomicLong();
        group.gauge(name, (Gauge<Long>) value::get);
        totals.add(new Total(value, source));
    }
}

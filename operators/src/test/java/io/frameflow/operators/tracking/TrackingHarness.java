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

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** One subtask of the tracking operator, in Flink's test harness. */
final class TrackingHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 120;
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    static final Reordering REORDERING = new Reordering(5, Duration.ofSeconds(1));

    /** No frame waits for another one. */
    static final TrackingParameters AS_THEY_COME = parameters(Reordering.NONE);

    /** Frames are put in order. */
    static final TrackingParameters IN_ORDER = parameters(REORDERING);

    private final CountingMetricGroup metrics = new CountingMetricGroup();
    private final MockEnvironment environment;
    private final KeyedOneInputStreamOperatorTestHarness<String, FrameDetections, FrameDetections>
            harness;

    /** A subtask; opened with the state, or empty where it is null. */
    TrackingHarness(
            TrackingParameters parameters,
            int parallelism,
            int subtask,
            @Nullable OperatorSubtaskState state)
            throws Exception {
        environment =
                new MockEnvironmentBuilder()
                        .setMaxParallelism(MAX_PARALLELISM)
                        .setParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .setMetricGroup(new TaskMetrics())
                        .build();
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new TrackingFunction(parameters)),
                        FrameDetections::getCameraId,
                        Types.STRING,
                        environment);
        harness.setup(RecordTypes.frameDetections().createSerializer(new SerializerConfigImpl()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private static TrackingParameters parameters(Reordering reordering) {
        return new TrackingParameters(
                CombinedOptions.DEFAULTS, IDLE_TIMEOUT, reordering, AnalyticsConfiguration.NONE);
    }

    static TrackingHarness single() throws Exception {
        return new TrackingHarness(AS_THEY_COME, 1, 0, null);
    }

    static TrackingHarness restored(OperatorSubtaskState state) throws Exception {
        return new TrackingHarness(AS_THEY_COME, 1, 0, state);
    }

    /** Processes a frame at Kafka's time, which is its capture time. */
    void process(FrameDetections frame) throws Exception {
        harness.processElement(new StreamRecord<>(frame, frame.getCaptureTimeUs() / 1000));
    }

    void process(FrameDetections frame, long millis) throws Exception {
        harness.processElement(new StreamRecord<>(frame, millis));
    }

    void processWithoutTime(FrameDetections frame) throws Exception {
        harness.processElement(new StreamRecord<>(frame));
    }

    void watermark(long millis) throws Exception {
        harness.processWatermark(millis);
    }

    void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    /** Value of a counter, all its groups together. */
    long count(String metric) {
        return metrics.count(metric);
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    int clockTimers() {
        return harness.numProcessingTimeTimers();
    }

    List<FrameDetections> results() {
        return harness.extractOutputValues();
    }

    List<TrackEvent> events() {
        return sideOutput(TrackEvents.TAG);
    }

    List<DeadLetter> deadLetters() {
        return sideOutput(DeadLetters.TAG);
    }

    private <T> List<T> sideOutput(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    @Override
    public void close() throws Exception {
        harness.close();
        environment.close();
    }

    private final class TaskMetrics extends InterceptingTaskMetricGroup {
        @Override
        public InternalOperatorMetricGroup getOrAddOperator(
                OperatorID id, String name, Map<String, String> variables) {
            return new OperatorMetrics();
        }
    }

    private final class OperatorMetrics extends InterceptingOperatorMetricGroup {
        @Override
        public Counter counter(String name) {
            return metrics.counter(name);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return metrics;
        }
    }
}

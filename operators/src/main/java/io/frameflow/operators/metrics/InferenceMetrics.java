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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.StageTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Metrics of the batch operator; {@link MetricNames} says what each one means.
 *
 * <p>For one thread, that of the task.
 */
public final class InferenceMetrics {
    /** Values that a histogram remembers: seconds at full load, minutes where little happens. */
    private static final int WINDOW = 1024;

    private final MetricGroup group;
    private final Counter framesIn;
    private final Counter framesOut;
    private final FailureCounters failures;
    private final Map<String, Counter> flushes = new HashMap<>();
    private final Counter modelSwitches;
    private final Histogram batchSize;
    private final Histogram queueWait;
    private final Histogram decode;
    private final Histogram denoise;
    private final Histogram preprocess;
    private final Histogram inference;
    private final Histogram postprocess;
    private final Histogram checkpointDrain;
    private final Histogram frameAge;

    /** Registers the metrics under the group of an operator. */
    public InferenceMetrics(MetricGroup group) {
        this.group = group;
        framesIn = group.counter(MetricNames.FRAMES_IN);
        framesOut = group.counter(MetricNames.FRAMES_OUT);
        failures = new FailureCounters(group);
        modelSwitches = group.counter(MetricNames.MODEL_SWITCHES);
        batchSize = histogram(group, MetricNames.BATCH_SIZE);
        queueWait = histogram(group, MetricNames.QUEUE_WAIT_US);
        decode = stageTime(Stage.DECODE);
        denoise = stageTime(Stage.DENOISE);
        preprocess = stageTime(Stage.PREPROCESS);
        inference = stageTime(Stage.INFERENCE);
        postprocess = stageTime(Stage.POSTPROCESS);
        checkpointDrain = histogram(group, MetricNames.CHECKPOINT_DRAIN_MS);
        frameAge = histogram(group, MetricNames.FRAME_AGE_MS);
    }

    /**
     * Registers the number of batches in flight.
     *
     * @param batches read by the threads of the reporters
     */
    public void inFlightBatches(Gauge<Integer> batches) {
        group.gauge(MetricNames.IN_FLIGHT_BATCHES, batches);
    }

    /** The subtask changed over to another model. */
    public void modelSwitched() {
        modelSwitches.inc();
    }

    /** A frame arrived. */
    public void frameIn() {
        framesIn.inc();
    }

    /**
     * A frame left with a result.
     *
     * @param ageMillis time since its capture
     */
    public void frameOut(long ageMillis) {
        framesOut.inc();
        frameAge.update(ageMillis);
    }

    /** A frame left as a dead letter. */
    public void frameFailed(FailureCode code) {
        failures.count(code);
    }

    /**
     * A batch was handed to the pipeline.
     *
     * @param flushName name of the counter of batches that left for the same reason
     * @param frames frames in it
     * @param waitedNanos time since its oldest frame arrived
     */
    public void batchSent(String flushName, int frames, long waitedNanos) {
        flushes.computeIfAbsent(flushName, group::counter).inc();
        batchSize.update(frames);
        queueWait.update(micros(waitedNanos));
    }

    /** The pipeline finished a batch. */
    public void batchExamined(StageTimes times) {
        decode.update(micros(times.decode()));
        denoise.update(micros(times.denoise()));
        preprocess.update(micros(times.preprocess()));
        inference.update(micros(times.inference()));
        postprocess.update(micros(times.postprocess()));
    }

    /** A checkpoint waited for the batches in flight. */
    public void checkpointDrained(long nanos) {
        checkpointDrain.update(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private Histogram stageTime(Stage stage) {
        return histogram(
                group.addGroup(MetricNames.STAGE, stage.label()), MetricNames.STAGE_TIME_US);
    }

    private static Histogram histogram(MetricGroup group, String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}

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

/**
 * Names of the metrics. Each stands below the scope of its operator, by default {@code
 * <host>.taskmanager.<tm_id>.<job_name>.<operator_name>.<subtask_index>}, written {@code
 * <operator>} here; Prometheus sees {@code flink_taskmanager_job_task_operator_<name>}.
 */
public final class MetricNames {
    /** Key of the group that tells failure codes apart: a label in Prometheus. */
    public static final String CODE = "code";

    /** Key of the group that tells the stages of the pipeline apart: a label in Prometheus. */
    public static final String STAGE = "stage";

    /**
     * Counter {@code <operator>.code.<code>.framesFailed}: frames that left as dead letters with a
     * {@link io.frameflow.failure.FailureCode}.
     */
    public static final String FRAMES_FAILED = "framesFailed";

    /** Counter {@code <operator>.framesIn}: frames that the batch operator took. */
    public static final String FRAMES_IN = "framesIn";

    /** Counter {@code <operator>.framesOut}: frames that left the batch operator with a result. */
    public static final String FRAMES_OUT = "framesOut";

    /** Histogram {@code <operator>.batchSize}: frames in a batch. */
    public static final String BATCH_SIZE = "batchSize";

    /** Counter {@code <operator>.fullFlushes}: batches that left because they were full. */
    public static final String FULL_FLUSHES = "fullFlushes";

    /**
     * Counter {@code <operator>.timeoutFlushes}: batches that left because their oldest frame had
     * waited long enough.
     */
    public static final String TIMEOUT_FLUSHES = "timeoutFlushes";

    /** Counter {@code <operator>.idleFlushes}: batches that left because the pipeline was idle. */
    public static final String IDLE_FLUSHES = "idleFlushes";

    /** Counter {@code <operator>.checkpointFlushes}: batches that left because of a checkpoint. */
    public static final String CHECKPOINT_FLUSHES = "checkpointFlushes";

    /** Counter {@code <operator>.endOfInputFlushes}: batches that left because the input ended. */
    public static final String END_OF_INPUT_FLUSHES = "endOfInputFlushes";

    /** Gauge {@code <operator>.inFlightBatches}: batches that the pipeline works on. */
    public static final String IN_FLIGHT_BATCHES = "inFlightBatches";

    /**
     * Histogram {@code <operator>.queueWaitUs}: from the arrival of the oldest frame of a batch
     * until the batch was handed to the pipeline, in microseconds.
     */
    public static final String QUEUE_WAIT_US = "queueWaitUs";

    /**
     * Histogram {@code <operator>.stage.<stage>.stageTimeUs}: time that a batch spent in a {@link
     * io.frameflow.failure.Stage} of the pipeline, in microseconds.
     */
    public static final String STAGE_TIME_US = "stageTimeUs";

    /**
     * Histogram {@code <operator>.checkpointDrainMs}: how long a checkpoint waited for the batches
     * in flight, in milliseconds.
     */
    public static final String CHECKPOINT_DRAIN_MS = "checkpointDrainMs";

    /**
     * Histogram {@code <operator>.frameAgeMs}: from the capture time of a frame until its result
     * left the batch operator, by the clock of this machine, in milliseconds.
     */
    public static final String FRAME_AGE_MS = "frameAgeMs";

    private MetricNames() {}
}

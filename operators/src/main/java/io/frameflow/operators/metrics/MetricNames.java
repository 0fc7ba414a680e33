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

    /** Counter {@code <operator>.modelSwitchFlushes}: batches that left as the model changed. */
    public static final String MODEL_SWITCH_FLUSHES = "modelSwitchFlushes";

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
     * io.frameflow.failure.Stage} of the pipeline, or a frame in tracking, in microseconds.
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

    /** Counter {@code <operator>.previewsOut}: frames whose pictures were sent to be looked at. */
    public static final String PREVIEWS_OUT = "previewsOut";

    /**
     * Counter {@code <operator>.previewsTooLarge}: frames that were to be looked at and whose
     * pictures are larger than the settings allow.
     */
    public static final String PREVIEWS_TOO_LARGE = "previewsTooLarge";

    /**
     * Counter {@code <operator>.framesTracked}: frames that left the tracking operator with the
     * tracks of their objects. Those that came twice or late are counted as {@link #FRAMES_FAILED}.
     */
    public static final String FRAMES_TRACKED = "framesTracked";

    /** Counter {@code <operator>.framesMissing}: frames that the gaps in sequences stand for. */
    public static final String FRAMES_MISSING = "framesMissing";

    /**
     * Counter {@code <operator>.framesHeld}: frames that waited for earlier ones, because a
     * sequence was missing before them.
     */
    public static final String FRAMES_HELD = "framesHeld";

    /**
     * Counter {@code <operator>.captureTimesFallen}: frames in order whose capture time is before
     * that of the frame before.
     */
    public static final String CAPTURE_TIMES_FALLEN = "captureTimesFallen";

    /** Counter {@code <operator>.cameraRestarts}: cameras or publishers that began anew. */
    public static final String CAMERA_RESTARTS = "cameraRestarts";

    /** Counter {@code <operator>.camerasExpired}: cameras that fell silent. */
    public static final String CAMERAS_EXPIRED = "camerasExpired";

    /** Counter {@code <operator>.resolutionChanges}: frames of another size than the one before. */
    public static final String RESOLUTION_CHANGES = "resolutionChanges";

    /** Group {@code reason}, with a value for each {@link BoxFault}. */
    public static final String REASON = "reason";

    /**
     * Counter {@code <operator>.reason.<reason>.boxesIgnored}: boxes that were not tracked because
     * they make no sense, or because the frame has too many. It appears with the first such box.
     */
    public static final String BOXES_IGNORED = "boxesIgnored";

    /** Counter {@code <operator>.tracksConfirmed}: tracks that became sure. */
    public static final String TRACKS_CONFIRMED = "tracksConfirmed";

    /** Counter {@code <operator>.tracksLost}: how often a track was no longer seen. */
    public static final String TRACKS_LOST = "tracksLost";

    /** Counter {@code <operator>.tracksRecovered}: how often a lost track was seen again. */
    public static final String TRACKS_RECOVERED = "tracksRecovered";

    /** Counter {@code <operator>.tracksEnded}: confirmed tracks that are over. */
    public static final String TRACKS_ENDED = "tracksEnded";

    /**
     * Counter {@code <operator>.tracksDisplaced}: lost tracks that ended early because the camera
     * has too many.
     */
    public static final String TRACKS_DISPLACED = "tracksDisplaced";

    /**
     * Counter {@code <operator>.tracksRefused}: tracks that did not begin because the camera has
     * too many.
     */
    public static final String TRACKS_REFUSED = "tracksRefused";

    /** Group {@code camera}, with a value for each camera that has analytics. */
    public static final String CAMERA = "camera";

    /** Group {@code zone} below {@code camera}, with a value for each label. */
    public static final String ZONE = "zone";

    /** Group {@code line} below {@code camera}, with a value for each label. */
    public static final String LINE = "line";

    /** Group {@code direction} below {@code camera}, with a value for each label. */
    public static final String DIRECTION = "direction";

    /** Group {@code overcrowding} below {@code camera}, with a value for each label. */
    public static final String OVERCROWDING = "overcrowding";

    /**
     * Gauge {@code <operator>.camera.<camera>.zone.<label>.zoneEntries}: times that objects entered
     * a zone, since counting began. Like all totals of analytics it lives in checkpoints, and is
     * reported by the subtask that has the camera, from the camera's first frame on.
     */
    public static final String ZONE_ENTRIES = "zoneEntries";

    /** Gauge {@code <operator>.camera.<camera>.zone.<label>.zoneExits}: times that objects left. */
    public static final String ZONE_EXITS = "zoneExits";

    /** Gauge {@code <operator>.camera.<camera>.zone.<label>.zoneOccupancy}: objects in a zone. */
    public static final String ZONE_OCCUPANCY = "zoneOccupancy";

    /**
     * Gauge {@code <operator>.camera.<camera>.zone.<label>.zoneDwellMs}: time that the objects
     * which left a zone had been in it, all together, in milliseconds.
     */
    public static final String ZONE_DWELL_MS = "zoneDwellMs";

    /**
     * Gauge {@code <operator>.camera.<camera>.line.<label>.lineCrossings}: times that objects
     * crossed a line in its direction, since counting began.
     */
    public static final String LINE_CROSSINGS = "lineCrossings";

    /**
     * Gauge {@code <operator>.camera.<camera>.direction.<label>.directionChanges}: times that
     * objects began to move in a direction, since counting began.
     */
    public static final String DIRECTION_CHANGES = "directionChanges";

    /**
     * Gauge {@code <operator>.camera.<camera>.overcrowding.<label>.overcrowdings}: times that a
     * zone became overcrowded, since counting began.
     */
    public static final String OVERCROWDINGS = "overcrowdings";

    /**
     * Gauge {@code <operator>.camera.<camera>.overcrowding.<label>.crowd}: objects in an
     * overcrowding zone.
     */
    public static final String CROWD = "crowd";

    /**
     * Counter {@code <coordinator>.controlApplied}: control messages whose change was made. It and
     * the next two stand below the JobManager's scope of the inference operator's coordinator, by
     * default {@code <host>.jobmanager.<job_name>.<operator_name>.coordinator}.
     */
    public static final String CONTROL_APPLIED = "controlApplied";

    /** Counter {@code <coordinator>.controlRefused}: control messages that make no sense. */
    public static final String CONTROL_REFUSED = "controlRefused";

    /** Counter {@code <coordinator>.controlFailed}: changes of the model that failed. */
    public static final String CONTROL_FAILED = "controlFailed";

    /** Counter {@code <operator>.modelSwitches}: times that a subtask changed its model. */
    public static final String MODEL_SWITCHES = "modelSwitches";

    private MetricNames() {}
}

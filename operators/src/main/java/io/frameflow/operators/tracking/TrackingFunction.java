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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.deadletter.FrameIdentity;
import io.frameflow.operators.deadletter.Rejection;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.operators.tracking.tracker.ByteTracker;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Joins the objects of each camera to tracks. To be keyed by camera id.
 *
 * <p>Each frame leaves as exactly one record: with the tracks of its objects, or, if it is a
 * duplicate or late, as a {@link DeadLetters#TAG dead letter}. Changes in the lives of tracks leave
 * as {@link TrackEvents#TAG events}. A frame is filled in and sent on, not copied: the exchange in
 * front of a keyed operator hands over records that nobody else holds.
 *
 * <p>What is known of a camera is one value of bytes, read once and written once a frame. {@link
 * FrameHistory} has the rules for frames out of order, {@code docs/tracking.md} all of them.
 *
 * <p>The tracks of a camera that falls silent end by a timer in event time, so that a job that was
 * stopped for an hour, or reads what a broken broker had held back, ends none of them too early;
 * and only once nothing came by the clock of the machine either, so that one camera with a clock in
 * the future ends none of the others. A frame whose event time is as far behind the one before ends
 * them as well, so whether the timer or the next frame comes first makes no difference to ids and
 * events. Event time should be Kafka's time of the message, as the source has it by default.
 * Records without it set no timer; their state stays, and is bounded.
 */
public final class TrackingFunction
        extends KeyedProcessFunction<String, FrameDetections, FrameDetections>
        implements ResultTypeQueryable<FrameDetections> {
    private static final String STATE_NAME = "camera";
    private static final DeadLetterFactory DEAD_LETTERS = new DeadLetterFactory(0);

    private final ByteTrackOptions options;
    private final Duration idleTimeout;

    private transient ValueState<byte[]> states;
    private transient CameraStateFormat format;
    private transient CameraState camera;
    private transient CameraTracking tracking;
    private transient TrackingMetrics metrics;
    private transient long firstCallMillis;

    /**
     * A function.
     *
     * @param options options of the tracker
     * @param idleTimeout how long a camera must be silent for its tracks to end without a further
     *     frame; longer than {@code track_buffer} frames take
     */
    public TrackingFunction(ByteTrackOptions options, Duration idleTimeout) {
        if (idleTimeout.isNegative() || idleTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the idle timeout is " + idleTimeout + ", must be above 0");
        }
        this.options = options;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public void open(OpenContext context) {
        states =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_NAME,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        format = new CameraStateFormat();
        camera = new CameraState();
        metrics = new TrackingMetrics(getRuntimeContext().getMetricGroup());
        tracking =
                new CameraTracking(
                        new ByteTracker(options),
                        TimeUnit.MILLISECONDS.toMicros(idleTimeout.toMillis()),
                        metrics);
        firstCallMillis = CameraState.NO_TIME;
    }

    @Override
    public void processElement(
            FrameDetections frame, Context context, Collector<FrameDetections> out)
            throws IOException {
        long begin = System.nanoTime();
        load();
        FrameOrder order =
                tracking.process(
                        camera,
                        frame,
                        isAfterSilence(context.timestamp()),
                        event -> context.output(TrackEvents.TAG, event));
        boolean isInOrder = order == FrameOrder.NEXT || order == FrameOrder.RESTART;
        if (isInOrder) {
            setTimer(context.timerService(), context.timestamp());
        }
        states.update(format.write(camera));
        long nanos = System.nanoTime() - begin;
        if (isInOrder) {
            metrics.frameTracked(nanos);
            frame.getDurations().setTrackingUs(TimeUnit.NANOSECONDS.toMicros(nanos));
            out.collect(frame);
        } else {
            reject(frame, order, context);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameDetections> out)
            throws IOException {
        load();
        TimerService timers = context.timerService();
        camera.timerMillis = CameraState.NO_TIME;
        long due = later(camera.eventTimeMillis);
        boolean isEndOfInput = timers.currentWatermark() == Long.MAX_VALUE;
        if (timestamp < due) {
            registerTimer(timers, due);
        } else if (!isEndOfInput && wasActive(timers)) {
            registerTimer(timers, later(timers.currentWatermark()));
        } else {
            metrics.cameraExpired();
            Consumer<TrackEvent> sink = event -> context.output(TrackEvents.TAG, event);
            tracking.expire(camera, context.getCurrentKey(), sink);
        }
        states.update(format.write(camera));
    }

    @Override
    public TypeInformation<FrameDetections> getProducedType() {
        return RecordTypes.frameDetections();
    }

    private void load() throws IOException {
        byte[] bytes = states.value();
        if (bytes == null) {
            camera.clear();
        } else {
            format.read(bytes, camera);
        }
    }

    private void reject(FrameDetections frame, FrameOrder order, Context context) {
        boolean isDuplicate = order == FrameOrder.DUPLICATE;
        FailureCode code = isDuplicate ? FailureCode.DUPLICATE_FRAME : FailureCode.LATE_FRAME;
        String message =
                isDuplicate
                        ? "a frame with sequence %d was there before".formatted(frame.getSequence())
                        : "the frame with sequence %d came after sequence %d of session %s"
                                .formatted(
                                        frame.getSequence(),
                                        camera.history.sequence(),
                                        camera.history.session());
        metrics.frameRejected(code);
        Long timestamp = context.timestamp();
        context.output(
                DeadLetters.TAG,
                DEAD_LETTERS.create(
                        new ResultOrigin(
                                frame, timestamp == null ? ResultOrigin.NO_TIMESTAMP : timestamp),
                        null,
                        new FrameIdentity(
                                frame.getCameraId(),
                                frame.getSession(),
                                frame.getSequence(),
                                frame.getCaptureTimeUs()),
                        new Rejection(Stage.TRACKING, code, message)));
    }

    private boolean isAfterSilence(@Nullable Long timestamp) {
        return timestamp != null
                && camera.eventTimeMillis != CameraState.NO_TIME
                && timestamp >= later(camera.eventTimeMillis);
    }

    /** Keeps one timer a camera: it is moved on when it fires, not with every frame. */
    private void setTimer(TimerService timers, @Nullable Long timestamp) {
        camera.processedAtMillis = now(timers);
        if (timestamp == null) {
            camera.eventTimeMillis = CameraState.NO_TIME;
            return;
        }
        camera.eventTimeMillis = timestamp;
        long due = later(Math.max(timestamp, timers.currentWatermark()));
        if (camera.timerMillis > due) {
            timers.deleteEventTimeTimer(camera.timerMillis);
            camera.timerMillis = CameraState.NO_TIME;
        }
        if (camera.timerMillis == CameraState.NO_TIME) {
            registerTimer(timers, due);
        }
    }

    private void registerTimer(TimerService timers, long due) {
        camera.timerMillis = due;
        timers.registerEventTimeTimer(due);
    }

    /** Whether the camera was heard of lately; the time that the job did not run does not count. */
    private boolean wasActive(TimerService timers) {
        long now = now(timers);
        return now < later(Math.max(camera.processedAtMillis, firstCallMillis));
    }

    private long now(TimerService timers) {
        long now = timers.currentProcessingTime();
        if (firstCallMillis == CameraState.NO_TIME) {
            firstCallMillis = now;
        }
        return now;
    }

    private long later(long millis) {
        long timeout = idleTimeout.toMillis();
        return millis > Long.MAX_VALUE - timeout ? Long.MAX_VALUE : millis + timeout;
    }
}

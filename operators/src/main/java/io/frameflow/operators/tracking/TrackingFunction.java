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
import io.frameflow.operators.metrics.AnalyticsMetrics;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.TimeDomain;
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
 * <p>What is known of a camera is one value of bytes, read once and written once a frame. A frame
 * behind a gap waits in a map of its own for the missing ones, as {@link Reordering} says; one that
 * comes as expected never does. {@link FrameHistory} has the rules for frames that come twice or
 * late, {@code docs/tracking.md} all of them.
 *
 * <p>The tracks of a camera that falls silent end by a timer in event time, so that a job that was
 * stopped for an hour, or reads what a broken broker had held back, ends none of them too early;
 * and only once nothing came by the clock of the machine either, so that one camera with a clock in
 * the future ends none of the others. A frame whose event time is as far behind the one before ends
 * them as well, so whether the timer or the next frame comes first makes no difference to ids and
 * events. Event time should be Kafka's time of the message, as the source has it by default.
 * Records without it set no timer and wait for no others; their state stays, and is bounded.
 */
public final class TrackingFunction
        extends KeyedProcessFunction<String, FrameDetections, FrameDetections>
        implements ResultTypeQueryable<FrameDetections> {
    private static final String STATE_NAME = "camera";
    private static final String HELD_STATE_NAME = "held-frames";
    private static final DeadLetterFactory DEAD_LETTERS = new DeadLetterFactory(0);

    private final TrackingParameters parameters;

    private transient ValueState<byte[]> states;
    private transient MapState<Long, byte[]> heldFrames;
    private transient RecordCodec<FrameDetections> codec;
    private transient CameraStateFormat format;
    private transient CameraState camera;
    private transient CameraTracking tracking;
    private transient TrackAnalytics analytics;
    private transient TrackingMetrics metrics;
    private transient List<FrameDetections> tracked;
    private transient CameraTimers timers;

    /** A function with the given parameters. */
    public TrackingFunction(TrackingParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public void open(OpenContext context) {
        states =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_NAME,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        heldFrames =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        HELD_STATE_NAME,
                                        Types.LONG,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        codec = RecordCodec.forFrameDetections();
        format = new CameraStateFormat();
        camera = new CameraState();
        metrics = new TrackingMetrics(getRuntimeContext().getMetricGroup());
        analytics =
                new TrackAnalytics(
                        parameters.analytics(),
                        new AnalyticsMetrics(getRuntimeContext().getMetricGroup()));
        tracking =
                new CameraTracking(
                        parameters.tracker().newTracker(),
                        TimeUnit.MILLISECONDS.toMicros(parameters.idleTimeout().toMillis()),
                        analytics,
                        metrics);
        tracked = new ArrayList<>();
        timers = new CameraTimers(camera, parameters);
    }

    @Override
    public void processElement(
            FrameDetections frame, Context context, Collector<FrameDetections> out)
            throws Exception {
        long begin = System.nanoTime();
        load(context.getCurrentKey());
        boolean isAfterSilence = timers.isAfterSilence(context.timestamp());
        releaseBefore(frame, isAfterSilence, context);
        if (isHeld(frame)) {
            reject(frame, FrameOrder.DUPLICATE, context);
        } else if (!isAfterSilence && canWait(frame, context.timestamp())) {
            hold(frame, context);
        } else if (track(frame, isAfterSilence, context)) {
            timers.heard(context.timestamp(), context.timerService());
        }
        releaseReady(context);
        finish(begin, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameDetections> out)
            throws Exception {
        long begin = System.nanoTime();
        load(context.getCurrentKey());
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            onEventTime(timestamp, context);
        } else if (timers.clockEndsWaiting(context.timerService())) {
            releaseDue(Long.MAX_VALUE, context);
        }
        finish(begin, context, out);
    }

    private void onEventTime(long timestamp, OnTimerContext context) throws Exception {
        if (timers.endsWaiting(timestamp, context.timerService())) {
            releaseDue(timestamp, context);
            releaseReady(context);
        }
        if (timers.endsSilence(timestamp, context.timerService())) {
            releaseDue(Long.MAX_VALUE, context);
            metrics.cameraExpired();
            tracking.expire(camera, context.getCurrentKey(), sink(context));
        }
    }

    @Override
    public TypeInformation<FrameDetections> getProducedType() {
        return RecordTypes.frameDetections();
    }

    private void load(String cameraId) throws IOException {
        byte[] bytes = states.value();
        if (bytes == null) {
            camera.clear();
        } else {
            format.read(bytes, camera);
        }
        analytics.load(cameraId, camera);
    }

    /** Sets the timers, stores what is known of the camera and sends on what was tracked. */
    private void finish(long begin, Context context, Collector<FrameDetections> out)
            throws IOException {
        timers.setHeldTimers(context.timerService());
        analytics.store(camera);
        states.update(format.write(camera));
        if (tracked.isEmpty()) {
            return;
        }
        long nanos = (System.nanoTime() - begin) / tracked.size();
        for (FrameDetections frame : tracked) {
            metrics.frameTracked(nanos);
            frame.getDurations().setTrackingUs(TimeUnit.NANOSECONDS.toMicros(nanos));
            out.collect(frame);
        }
        tracked.clear();
    }

    /** Tracks a frame or rejects it; returns whether it was in order. */
    private boolean track(FrameDetections frame, boolean isAfterSilence, Context context) {
        FrameOrder order = tracking.process(camera, frame, isAfterSilence, sink(context));
        if (order == FrameOrder.NEXT || order == FrameOrder.RESTART) {
            tracked.add(frame);
            return true;
        }
        reject(frame, order, context);
        return false;
    }

    private boolean isHeld(FrameDetections frame) {
        return camera.held.contains(frame.getSequence())
                && Objects.equals(frame.getSession(), camera.history.session());
    }

    private boolean mustWait(FrameDetections frame) {
        return parameters.reordering().mustWait(camera, frame.getSession(), frame.getSequence());
    }

    private boolean canWait(FrameDetections frame, @Nullable Long timestamp) {
        return timestamp != null
                && mustWait(frame)
                && camera.held.hasRoomFor(FrameWeight.of(frame));
    }

    private void hold(FrameDetections frame, Context context) throws Exception {
        long sequence = frame.getSequence();
        camera.held.add(sequence, context.timestamp(), FrameWeight.of(frame));
        heldFrames.put(sequence, codec.encode(frame));
        metrics.frameHeld();
        timers.heard(context.timestamp(), context.timerService());
    }

    /**
     * Lets those go on that have waited for long enough when this frame comes; all of them where
     * what comes now has nothing to do with them.
     */
    private void releaseBefore(FrameDetections frame, boolean isAfterSilence, Context context)
            throws Exception {
        if (camera.held.isEmpty()) {
            return;
        }
        Long timestamp = context.timestamp();
        if (isAfterSilence
                || timestamp == null
                || camera.history.wouldRestart(
                        frame.getSession(), frame.getSequence(), frame.getCaptureTimeUs())) {
            releaseDue(Long.MAX_VALUE, context);
        } else {
            releaseDue(timestamp, context);
            releaseForWantOfRoom(frame, context);
        }
    }

    private void releaseForWantOfRoom(FrameDetections frame, Context context) throws Exception {
        if (!isHeld(frame) && mustWait(frame) && !camera.held.hasRoomFor(FrameWeight.of(frame))) {
            while (!camera.held.isEmpty() && camera.held.first() < frame.getSequence()) {
                releaseFirst(context);
            }
        }
    }

    /** Lets the frames go on that have waited for their time, and those before them. */
    private void releaseDue(long timestamp, Context context) throws Exception {
        while (!camera.held.isEmpty()
                && parameters.reordering().deadline(camera.held) <= timestamp) {
            releaseFirst(context);
        }
    }

    private void releaseReady(Context context) throws Exception {
        while (parameters.reordering().isNextReady(camera)) {
            releaseFirst(context);
        }
    }

    private void releaseFirst(Context context) throws Exception {
        long sequence = camera.held.first();
        byte[] bytes = heldFrames.get(sequence);
        if (bytes == null) {
            throw new IllegalStateException("frame " + sequence + " waits, but is not in state");
        }
        heldFrames.remove(sequence);
        camera.held.removeFirst();
        track(codec.decode(bytes), false, context);
    }

    private static Consumer<TrackEvent> sink(Context context) {
        return event -> context.output(TrackEvents.TAG, event);
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
}

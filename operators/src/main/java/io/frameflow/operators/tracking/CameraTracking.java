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

import io.frameflow.operators.metrics.BoxFault;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.tracking.tracker.Observations;
import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.operators.tracking.tracker.TrackPhase;
import io.frameflow.operators.tracking.tracker.Tracker;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.TrackEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of tracking: what a frame means for the tracks of its camera. Knows nothing of Flink's
 * state and timers. Not thread-safe.
 */
final class CameraTracking {
    /** Boxes of a frame that are tracked; those behind them, of lowest score, are not. */
    static final int MOST_BOXES = 1_000;

    /** Frames of another size whose shape differs by no more than this part show the same scene. */
    static final double SHAPE_TOLERANCE = 0.02;

    private final Tracker tracker;
    private final long idleMicros;
    private final TrackingMetrics metrics;
    private final Observations observations = new Observations();
    private final TrackAnalytics analytics;
    private final TrackEventMaker events;
    private int[] observationOf = {};

    /**
     * The rules with their parameters.
     *
     * @param tracker finds the tracks
     * @param idleMicros a camera that was silent for as long, by its capture times, has no track
     *     that could go on
     * @param analytics hears of the tracks; has the state of the camera that is processed
     * @param metrics counts what happens
     */
    CameraTracking(
            Tracker tracker, long idleMicros, TrackAnalytics analytics, TrackingMetrics metrics) {
        this.tracker = tracker;
        this.idleMicros = idleMicros;
        this.analytics = analytics;
        this.metrics = metrics;
        this.events = new TrackEventMaker(metrics, analytics);
    }

    /**
     * Takes a frame in.
     *
     * @param camera state of its camera, changed
     * @param frame the frame; the tracks of its objects are set if it is in order
     * @param isAfterSilence whether by Kafka's time the camera was silent for long enough that a
     *     timer may have ended its tracks; then they end here, if the timer has not come first
     * @param sink receives the events
     * @return how the frame stands to those before it; a duplicate or late one has no effect on the
     *     tracks
     */
    FrameOrder process(
            CameraState camera,
            FrameDetections frame,
            boolean isAfterSilence,
            Consumer<TrackEvent> sink) {
        FrameHistory history = camera.history;
        boolean isFirst = !history.hasBegun();
        long sequences = Times.difference(frame.getSequence(), history.sequence());
        long micros = Times.difference(frame.getCaptureTimeUs(), history.captureTimeMicros());
        events.causedByNewest(frame.getCameraId(), history, sink);
        FrameOrder order =
                history.judge(frame.getSession(), frame.getSequence(), frame.getCaptureTimeUs());
        switch (order) {
            case DUPLICATE, LATE -> {
                return order;
            }
            case RESTART -> restart(camera);
            case NEXT -> {
                if (isFirst) {
                    advance(camera, 1, 0, false);
                } else {
                    advance(camera, sequences, micros, isAfterSilence);
                }
            }
        }
        events.causedBy(frame, sink);
        if (isSwitchedOff(frame)) {
            // Objects leave without tracks; tracks that are switched on again are new ones.
            camera.tracks.endAll(events);
            events.settle();
        } else if (frame.getStatus() != FrameStatus.DROPPED) {
            adaptToSize(camera, frame.getWidth(), frame.getHeight());
            examine(camera, frame);
        }
        return order;
    }

    private static boolean isSwitchedOff(FrameDetections frame) {
        AppliedSettings settings = frame.getSettings();
        return settings != null && !settings.getTrackingEnabled();
    }

    /** Ends the tracks of a camera that has been silent; the events name its newest frame. */
    void expire(CameraState camera, String cameraId, Consumer<TrackEvent> sink) {
        events.causedByNewest(cameraId, camera.history, sink);
        camera.tracks.endAll(events);
        events.settle();
    }

    private void restart(CameraState camera) {
        metrics.cameraRestarted();
        camera.clock.clear();
        camera.tracks.restart(events);
        events.settle();
        tracker.advance(camera.tracks, 1, events);
    }

    private void advance(CameraState camera, long sequences, long micros, boolean isAfterSilence) {
        metrics.framesMissing(sequences - 1);
        if (micros < 0) {
            metrics.captureTimeFell();
        }
        int frames = camera.clock.step(sequences, micros);
        if (isAfterSilence || micros >= idleMicros) {
            camera.tracks.endAll(events);
            events.settle();
        }
        tracker.advance(camera.tracks, frames, events);
    }

    private void adaptToSize(CameraState camera, int width, int height) {
        if (width <= 0 || height <= 0 || (width == camera.width && height == camera.height)) {
            return;
        }
        if (camera.width > 0) {
            metrics.resolutionChanged();
            double horizontal = (double) width / camera.width;
            double vertical = (double) height / camera.height;
            if (Math.abs(horizontal / vertical - 1) <= SHAPE_TOLERANCE) {
                camera.tracks.rescale(horizontal, vertical);
            } else {
                camera.tracks.endAll(events);
            }
        }
        camera.width = width;
        camera.height = height;
    }

    private void examine(CameraState camera, FrameDetections frame) {
        List<DetectedObject> objects = frame.getObjects();
        if (observationOf.length < objects.size()) {
            observationOf = new int[objects.size()];
        }
        observe(objects, frame.getCaptureTimeUs());
        analytics.begin(frame);
        tracker.update(camera.tracks, observations, events);
        for (int i = 0; i < objects.size(); i++) {
            Track track = observationOf[i] < 0 ? null : observations.track(observationOf[i]);
            objects.get(i).setTrack(track == null ? null : TrackRecords.reference(track));
            if (track != null && track.phase() == TrackPhase.CONFIRMED) {
                events.observe(track);
            }
        }
        events.settle();
    }

    private void observe(List<DetectedObject> objects, long captureTimeMicros) {
        observations.begin(captureTimeMicros);
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            BoundingBox box = object.getBox();
            BoxFault fault = fault(object, box);
            if (fault == null) {
                observationOf[i] =
                        observations.add(
                                box.getLeft(),
                                box.getTop(),
                                box.getWidth(),
                                box.getHeight(),
                                object.getScore(),
                                object.getClassId(),
                                object.getLabel());
            } else {
                observationOf[i] = -1;
                metrics.boxIgnored(fault);
            }
        }
    }

    private @Nullable BoxFault fault(DetectedObject object, BoundingBox box) {
        if (isUsable(object, box)) {
            return observations.count() < MOST_BOXES ? null : BoxFault.TOO_MANY;
        }
        if (object.getClassId() < 0) {
            return BoxFault.NEGATIVE_CLASS;
        }
        boolean isFinite =
                Float.isFinite(box.getLeft())
                        && Float.isFinite(box.getTop())
                        && Float.isFinite(box.getWidth())
                        && Float.isFinite(box.getHeight())
                        && Float.isFinite(object.getScore());
        if (!isFinite) {
            return BoxFault.NOT_FINITE;
        }
        boolean hasArea = box.getWidth() > 0 && box.getHeight() > 0;
        return hasArea ? BoxFault.OUT_OF_RANGE : BoxFault.NO_AREA;
    }

    private static boolean isUsable(DetectedObject object, BoundingBox box) {
        return Observations.isUsable(
                box.getLeft(),
                box.getTop(),
                box.getWidth(),
                box.getHeight(),
                object.getScore(),
                object.getClassId());
    }
}

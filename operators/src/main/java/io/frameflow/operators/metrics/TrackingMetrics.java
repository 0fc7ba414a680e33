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
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Metrics of the tracking operator; {@link MetricNames} says what each one means.
 *
 * <p>For one thread, that of the task.
 */
public final class TrackingMetrics {
    /** Values that the histogram remembers: seconds at full load, minutes where little happens. */
    private static final int WINDOW = 1024;

    private final Counter framesTracked;
    private final Counter framesMissing;
    private final FailureCounters failures;
    private final Counter framesHeld;
    private final Counter captureTimesFallen;
    private final Counter cameraRestarts;
    private final Counter camerasExpired;
    private final Counter resolutionChanges;
    private final MetricGroup group;
    private final Map<BoxFault, Counter> boxesIgnored = new EnumMap<>(BoxFault.class);
    private final Counter tracksConfirmed;
    private final Counter tracksLost;
    private final Counter tracksRecovered;
    private final Counter tracksEnded;
    private final Counter tracksDisplaced;
    private final Counter tracksRefused;
    private final Histogram time;

    /** Registers the metrics under the group of an operator. */
    public TrackingMetrics(MetricGroup group) {
        this.group = group;
        framesTracked = group.counter(MetricNames.FRAMES_TRACKED);
        framesMissing = group.counter(MetricNames.FRAMES_MISSING);
        failures = new FailureCounters(group);
        framesHeld = group.counter(MetricNames.FRAMES_HELD);
        captureTimesFallen = group.counter(MetricNames.CAPTURE_TIMES_FALLEN);
        cameraRestarts = group.counter(MetricNames.CAMERA_RESTARTS);
        camerasExpired = group.counter(MetricNames.CAMERAS_EXPIRED);
        resolutionChanges = group.counter(MetricNames.RESOLUTION_CHANGES);
        tracksConfirmed = group.counter(MetricNames.TRACKS_CONFIRMED);
        tracksLost = group.counter(MetricNames.TRACKS_LOST);
        tracksRecovered = group.counter(MetricNames.TRACKS_RECOVERED);
        tracksEnded = group.counter(MetricNames.TRACKS_ENDED);
        tracksDisplaced = group.counter(MetricNames.TRACKS_DISPLACED);
        tracksRefused = group.counter(MetricNames.TRACKS_REFUSED);
        time =
                group.addGroup(MetricNames.STAGE, Stage.TRACKING.label())
                        .histogram(
                                MetricNames.STAGE_TIME_US,
                                new DescriptiveStatisticsHistogram(WINDOW));
    }

    /**
     * A frame left with the tracks of its objects.
     *
     * @param nanos time spent on it
     */
    public void frameTracked(long nanos) {
        framesTracked.inc();
        time.update(TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /** A frame left as a dead letter. */
    public void frameRejected(FailureCode code) {
        failures.count(code);
    }

    /** Frames were left out between two. */
    public void framesMissing(long frames) {
        framesMissing.inc(frames);
    }

    /** A frame waits for earlier ones. */
    public void frameHeld() {
        framesHeld.inc();
    }

    /** A frame in order has an earlier capture time than the one before. */
    public void captureTimeFell() {
        captureTimesFallen.inc();
    }

    /** A camera or its publisher began anew. */
    public void cameraRestarted() {
        cameraRestarts.inc();
    }

    /** A camera fell silent. */
    public void cameraExpired() {
        camerasExpired.inc();
    }

    /** A frame has another size than the one before. */
    public void resolutionChanged() {
        resolutionChanges.inc();
    }

    /** A box was not tracked. */
    public void boxIgnored(BoxFault reason) {
        boxesIgnored.computeIfAbsent(reason, this::register).inc();
    }

    private Counter register(BoxFault reason) {
        return group.addGroup(MetricNames.REASON, reason.name().toLowerCase(Locale.ROOT))
                .counter(MetricNames.BOXES_IGNORED);
    }

    /** A track became sure. */
    public void trackConfirmed() {
        tracksConfirmed.inc();
    }

    /** A track was no longer seen. */
    public void trackLost() {
        tracksLost.inc();
    }

    /** A lost track was seen again. */
    public void trackRecovered() {
        tracksRecovered.inc();
    }

    /** A confirmed track is over. */
    public void trackEnded() {
        tracksEnded.inc();
    }

    /** A lost track ended early, for want of room. */
    public void trackDisplaced() {
        tracksDisplaced.inc();
    }

    /** A track did not begin, for want of room. */
    public void trackRefused() {
        tracksRefused.inc();
    }
}

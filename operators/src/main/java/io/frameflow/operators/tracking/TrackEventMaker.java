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

import io.frameflow.operators.analytics.AnalyticsEvent;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.operators.tracking.tracker.TrackChange;
import io.frameflow.operators.tracking.tracker.TrackListener;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what tracker and analytics tell of a frame, and counts it. A track that ends
 * leaves its zones first, so that its end is its last event. Not thread-safe.
 */
final class TrackEventMaker implements TrackListener {
    private final TrackingMetrics metrics;
    private final TrackAnalytics analytics;
    private final TrackEvent cause = new TrackEvent();
    private Consumer<TrackEvent> sink = event -> {};

    TrackEventMaker(TrackingMetrics metrics, TrackAnalytics analytics) {
        this.metrics = metrics;
        this.analytics = analytics;
    }

    /** What is told from now on is caused by this frame. */
    void causedBy(FrameDetections frame, Consumer<TrackEvent> newSink) {
        cause(
                frame.getCameraId(),
                frame.getSession(),
                frame.getSequence(),
                frame.getCaptureTimeUs(),
                newSink);
    }

    /** What is told from now on is caused by the newest frame that there was. */
    void causedByNewest(String cameraId, FrameHistory history, Consumer<TrackEvent> newSink) {
        cause(
                cameraId,
                history.session(),
                history.sequence(),
                history.captureTimeMicros(),
                newSink);
    }

    private void cause(
            String cameraId,
            @Nullable String session,
            long sequence,
            long captureTimeMicros,
            Consumer<TrackEvent> newSink) {
        cause.setCameraId(cameraId);
        cause.setSession(session);
        cause.setSequence(sequence);
        cause.setCaptureTimeUs(captureTimeMicros);
        sink = newSink;
    }

    /** Lets analytics look at a track that was seen in the frame. */
    void observe(Track track) {
        analytics.observe(track, event -> tell(event, track));
    }

    /** Lets analytics draw its conclusions from all tracks. */
    void settle() {
        analytics.settle(event -> tell(event, null));
    }

    @Override
    public void onChange(TrackChange change, Track track) {
        switch (change) {
            case CONFIRMED -> metrics.trackConfirmed();
            case LOST -> metrics.trackLost();
            case RECOVERED -> metrics.trackRecovered();
            case ENDED -> {
                metrics.trackEnded();
                analytics.ended(track, event -> tell(event, track));
            }
        }
        sink.accept(TrackRecords.event(change, track, cause));
    }

    @Override
    public void onDisplaced(Track track) {
        metrics.trackDisplaced();
    }

    @Override
    public void onRefused(int detection) {
        metrics.trackRefused();
    }

    private void tell(AnalyticsEvent event, @Nullable Track track) {
        sink.accept(TrackRecords.event(event, track, cause));
    }
}

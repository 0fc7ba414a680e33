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
import io.frameflow.operators.analytics.AnalyticsListener;
import io.frameflow.operators.analytics.AnalyticsState;
import io.frameflow.operators.analytics.AnalyticsStateFormat;
import io.frameflow.operators.analytics.CameraAnalytics;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.metrics.AnalyticsMetrics;
import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.schema.FrameDetections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands the tracks of the camera whose state is loaded to its analytics, if it has any. Not
 * thread-safe.
 */
final class TrackAnalytics {
    private static final byte[] NOTHING = {};

    private final AnalyticsConfiguration configuration;
    private final AnalyticsMetrics metrics;
    private final AnalyticsStateFormat format = new AnalyticsStateFormat();
    private final Map<String, CameraAnalytics> cameras = new HashMap<>();

    private @Nullable Loaded loaded;

    private record Loaded(String cameraId, CameraAnalytics analytics, AnalyticsState state) {}

    TrackAnalytics(AnalyticsConfiguration configuration, AnalyticsMetrics metrics) {
        this.configuration = configuration;
        this.metrics = metrics;
    }

    /** Takes over what is remembered of a camera. */
    void load(String cameraId, CameraState camera) {
        CameraRules rules = configuration.of(cameraId);
        if (rules == null) {
            loaded = null;
            return;
        }
        CameraAnalytics analytics =
                cameras.computeIfAbsent(cameraId, any -> new CameraAnalytics(rules));
        AnalyticsState state =
                camera.analytics.length == 0
                        ? new AnalyticsState(rules)
                        : format.read(camera.analytics, rules);
        loaded = new Loaded(cameraId, analytics, state);
    }

    /** Gives back what is to be remembered; nothing of a camera without rules. */
    void store(CameraState camera) {
        if (loaded == null) {
            camera.analytics = NOTHING;
        } else {
            camera.analytics = format.write(loaded.state, loaded.analytics.rules());
            metrics.update(loaded.cameraId, loaded.analytics.rules(), loaded.state);
        }
    }

    void begin(FrameDetections frame) {
        if (loaded != null) {
            loaded.analytics.begin(
                    loaded.state, frame.getWidth(), frame.getHeight(), frame.getCaptureTimeUs());
        }
    }

    void observe(Track track, AnalyticsListener listener) {
        if (loaded != null) {
            loaded.analytics.observe(
                    loaded.state,
                    track.id(),
                    track.classId(),
                    track.left(),
                    track.top(),
                    track.width(),
                    track.height(),
                    listener);
        }
    }

    void ended(Track track, AnalyticsListener listener) {
        if (loaded != null) {
            loaded.analytics.ended(loaded.state, track.id(), listener);
        }
    }

    void settle(AnalyticsListener listener) {
        if (loaded != null) {
            loaded.analytics.settle(loaded.state, listener);
        }
    }
}

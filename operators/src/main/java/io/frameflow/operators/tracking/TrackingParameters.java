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
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the tracking operator does.
 *
 * @param tracker which tracker, and its options
 * @param idleTimeout how long a camera must be silent for its tracks to end without a further
 *     frame; longer than {@code track_buffer} frames take, and than frames wait for earlier ones
 * @param reordering how frames are put in order
 * @param analytics what is asked of the tracks of each camera
 */
public record TrackingParameters(
        TrackerOptions tracker,
        Duration idleTimeout,
        Reordering reordering,
        AnalyticsConfiguration analytics)
        implements Serializable {

    /** Checks the parameters together. */
    public TrackingParameters {
        if (idleTimeout.isNegative() || idleTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the idle timeout is " + idleTimeout + ", must be above 0");
        }
        if (reordering.timeout().compareTo(idleTimeout) > 0) {
            throw new IllegalArgumentException(
                    "frames wait for %s for earlier ones, longer than the idle timeout of %s"
                            .formatted(reordering.timeout(), idleTimeout));
        }
    }
}

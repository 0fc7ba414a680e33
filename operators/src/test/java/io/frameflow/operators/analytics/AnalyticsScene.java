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
package io.frameflow.operators.analytics;

import java.util.ArrayList;
import java.util.List;

/** A camera, what it sees, and what its analytics tell of that. */
abstract class AnalyticsScene {
    /** Microseconds from one frame to the next. */
    static final long FRAME = 40_000;

    static final int[] SQUARE = {400, 400, 600, 400, 600, 600, 400, 600};

    /** Upright through the middle of the picture; its direction is to the right. */
    static final int[] GATE = {400, 500, 600, 500, 500, 100, 500, 900};

    final List<String> told = new ArrayList<>();
    CameraAnalytics analytics = new CameraAnalytics(new Rules().build());
    AnalyticsState state = new AnalyticsState(new Rules().build());
    long now = 1_700_000_000_000_000L;

    /** Where the middle of the lower edge of a box is. */
    record At(long trackId, double x, double y, int classId) {
        At(long trackId, double x, double y) {
            this(trackId, x, y, 0);
        }
    }

    void rules(Rules rules) {
        analytics = new CameraAnalytics(rules.build());
        state = new AnalyticsState(rules.build());
        told.clear();
    }

    void frame(At... objects) {
        begin();
        for (At object : objects) {
            analytics.observe(
                    state,
                    object.trackId(),
                    object.classId(),
                    object.x() - 10,
                    object.y() - 60,
                    20,
                    60,
                    this::tell);
        }
        analytics.settle(state, this::tell);
    }

    void begin() {
        now += FRAME;
        begin(now);
    }

    void begin(long micros) {
        analytics.begin(state, Rules.SIDE, Rules.SIDE, micros);
    }

    void tell(AnalyticsEvent event) {
        told.add(
                "%s %s %d total %d%s%s"
                        .formatted(
                                event.type(),
                                event.label(),
                                event.trackId(),
                                event.total(),
                                event.occupancy() < 0 ? "" : " holds " + event.occupancy(),
                                event.durationMicros() < 0
                                        ? ""
                                        : " after " + event.durationMicros()));
    }
}

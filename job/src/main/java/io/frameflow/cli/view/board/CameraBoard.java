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
package io.frameflow.cli.view.board;

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one camera. Guarded by its {@link LiveBoard}. */
final class CameraBoard {
    private static final int EVENTS = 30;

    private final String id;
    private final FrameMatcher matcher = new FrameMatcher();
    private final Figures figures = new Figures();
    private final SecondCounts counts = new SecondCounts();
    private final Deque<TrackEvent> events = new ArrayDeque<>();
    private @Nullable FrameDetections latest;
    private long latestMillis;
    private long latestPicture;

    CameraBoard(String id) {
        this.id = id;
    }

    Optional<ShownFrame> add(Preview preview, Pictures pictures, long nowMillis) {
        latestPicture = pictures.id();
        return matcher.add(preview, pictures, nowMillis);
    }

    Optional<ShownFrame> add(FrameDetections frame, int bytes, long writtenMillis, long nowMillis) {
        latest = frame;
        latestMillis = nowMillis;
        figures.add(frame.getDurations(), writtenMillis, frame.getCaptureTimeUs(), nowMillis);
        counts.add(frame.getObjects(), nowMillis);
        return matcher.add(frame, bytes, nowMillis);
    }

    void add(TrackEvent event) {
        events.addFirst(event);
        if (events.size() > EVENTS) {
            events.removeLast();
        }
    }

    List<ShownFrame> overdue(long nowMillis) {
        return matcher.overdue(nowMillis);
    }

    Overview.Camera overview(long nowMillis) {
        FrameDetections frame = latest;
        return new Overview.Camera(
                id,
                figures.rate(nowMillis),
                frame == null ? 0 : frame.getObjects().size(),
                frame == null ? -1 : nowMillis - latestMillis,
                latestPicture);
    }

    CameraDetails details(long nowMillis) {
        SecondCounts.History history = counts.history(nowMillis);
        return new CameraDetails(
                id,
                figures.rate(nowMillis),
                figures.latencyMillis(0.5),
                figures.latencyMillis(0.99),
                figures.stages(),
                latest,
                history.lastSecond(),
                history.labels(),
                history.counts(),
                new ArrayList<>(events));
    }
}

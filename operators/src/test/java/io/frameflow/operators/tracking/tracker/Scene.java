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
package io.frameflow.operators.tracking.tracker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A camera in front of a tracker, for tests: frames go in, tracks and events are looked at. */
final class Scene {
    private static final long FRAME_MICROS = 40_000;

    private final Tracker tracker;
    private final TrackSet tracks;
    private final Observations observations = new Observations();
    private final List<String> events = new ArrayList<>();
    private long time;

    Scene(TrackerOptions options) {
        this(options, new TrackSet(), 0);
    }

    /** A scene that goes on where another one stopped. */
    Scene(TrackerOptions options, TrackSet tracks, long time) {
        this.tracker = options.newTracker();
        this.tracks = tracks;
        this.time = time;
    }

    /** A box of 40 x 80 pixels in a frame. */
    record Box(double left, double top, double score, int classId) {
        static Box at(double left, double score) {
            return new Box(left, 100, score, 0);
        }
    }

    /** The next frame; returns the id of the track of each box, or null. */
    List<@Nullable Long> frame(Box... boxes) {
        return frameAfter(1, boxes);
    }

    /** The frame that comes so many frames after the latest. */
    List<@Nullable Long> frameAfter(int frames, Box... boxes) {
        events.clear();
        time += frames * FRAME_MICROS;
        observations.begin(time);
        for (Box box : boxes) {
            observations.add(
                    (float) box.left,
                    (float) box.top,
                    40,
                    80,
                    (float) box.score,
                    box.classId,
                    "class " + box.classId);
        }
        tracker.advance(tracks, frames, this::remember);
        tracker.update(tracks, observations, new Listener());
        List<@Nullable Long> ids = new ArrayList<>();
        for (int i = 0; i < boxes.length; i++) {
            Track track = observations.track(i);
            ids.add(track == null ? null : track.id());
        }
        return ids;
    }

    /** What was told of the latest frame, such as {@code LOST 3}. */
    List<String> events() {
        return List.copyOf(events);
    }

    long time() {
        return time;
    }

    TrackSet tracks() {
        return tracks;
    }

    Track track(int detection) {
        Track track = observations.track(detection);
        if (track == null) {
            throw new AssertionError("no track");
        }
        return track;
    }

    private void remember(TrackChange change, Track track) {
        events.add(change + " " + track.id());
    }

    private final class Listener implements TrackListener {
        @Override
        public void onChange(TrackChange change, Track track) {
            remember(change, track);
        }

        @Override
        public void onDisplaced(Track track) {
            events.add("displaced " + track.id());
        }

        @Override
        public void onRefused(int detection) {
            events.add("refused " + detection);
        }
    }
}

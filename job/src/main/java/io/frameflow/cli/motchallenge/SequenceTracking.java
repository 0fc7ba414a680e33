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
package io.frameflow.cli.motchallenge;

import io.frameflow.operators.tracking.tracker.Observations;
import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.operators.tracking.tracker.TrackListener;
import io.frameflow.operators.tracking.tracker.TrackPhase;
import io.frameflow.operators.tracking.tracker.TrackSet;
import io.frameflow.operators.tracking.tracker.Tracker;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a tracker over a whole sequence, from frame 1 to the last one with a detection. A frame
 * without detections counts as examined and empty, as MOTChallenge has it.
 */
public final class SequenceTracking {
    /** Boxes of a frame that are tracked, as in the job. */
    private static final int MOST_BOXES = 1_000;

    /** Behind so many frames no tracker has rules for the first ones. */
    private static final int OPENING_FRAMES = 1_000;

    private static final TrackListener NOBODY = (change, track) -> {};

    private final Tracker tracker;
    private final Consumer<MotChallengeRow> tracks;
    private final TrackSet set = new TrackSet();
    private final Observations observations = new Observations();
    private int ignored;

    /**
     * A run.
     *
     * @param tracker the tracker
     * @param tracks receives the box of each confirmed track in each frame that it was seen in, as
     *     it was detected or as the tracker estimates it, whatever its authors do; frame by frame
     *     and in the order of the tracks' ids
     */
    public SequenceTracking(Tracker tracker, Consumer<MotChallengeRow> tracks) {
        this.tracker = tracker;
        this.tracks = tracks;
    }

    /** Tracks the detections, which may be in any order of their frames. To be called once. */
    public void run(List<MotChallengeRow> detections) {
        List<MotChallengeRow> ordered =
                detections.stream()
                        .sorted(Comparator.comparingInt(MotChallengeRow::frame))
                        .toList();
        int latestFrame = 0;
        int next = 0;
        while (next < ordered.size()) {
            int frame = ordered.get(next).frame();
            emptyFrames(latestFrame + 1, frame);
            observations.begin(0);
            while (next < ordered.size() && ordered.get(next).frame() == frame) {
                observe(ordered.get(next++));
            }
            track(frame, 1);
            latestFrame = frame;
        }
    }

    /**
     * Detections that were left out: those whose boxes have no area or make no sense, and those
     * behind the first 1,000 of a frame.
     */
    public int ignored() {
        return ignored;
    }

    private void emptyFrames(int from, int to) {
        int frame = from;
        while (frame < to) {
            // With no track open all empty frames are alike, and a file may skip a billion of them.
            int step = set.count() == 0 && frame > OPENING_FRAMES ? to - frame : 1;
            observations.begin(0);
            track(frame, step);
            frame += step;
        }
    }

    private void observe(MotChallengeRow row) {
        float left = (float) row.left();
        float top = (float) row.top();
        float width = (float) row.width();
        float height = (float) row.height();
        float score = (float) row.confidence();
        if (observations.count() < MOST_BOXES
                && Observations.isUsable(left, top, width, height, score, 0)) {
            observations.add(left, top, width, height, score, 0, "");
        } else {
            ignored++;
        }
    }

    private void track(int frame, int frames) {
        tracker.advance(set, frames, NOBODY);
        tracker.update(set, observations, NOBODY);
        for (int i = 0; i < set.count(); i++) {
            Track track = set.track(i);
            if (track.phase() == TrackPhase.CONFIRMED) {
                tracks.accept(
                        tracker.reportsObservedBoxes()
                                ? observed(frame, track)
                                : estimated(frame, track));
            }
        }
    }

    private static MotChallengeRow observed(int frame, Track track) {
        return new MotChallengeRow(
                frame,
                track.id(),
                track.left(),
                track.top(),
                track.width(),
                track.height(),
                track.score());
    }

    private static MotChallengeRow estimated(int frame, Track track) {
        return new MotChallengeRow(
                frame,
                track.id(),
                track.estimatedLeft(),
                track.estimatedTop(),
                track.estimatedWidth(),
                track.estimatedHeight(),
                track.score());
    }
}

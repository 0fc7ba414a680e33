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

import io.frameflow.operators.tracking.motion.BoxKalmanFilter;
import io.frameflow.operators.tracking.motion.BoxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tracker remembers of one camera between two frames: the open tracks, oldest first, the
 * number of the frame, and the next track's id. Not thread-safe.
 */
public final class TrackSet {
    /** Examined frames are counted up to here. */
    static final int MOST_EXAMINED = 1_000;

    private final List<Track> tracks = new ArrayList<>();
    private final List<Track> spare = new ArrayList<>();
    private long nextId = 1;
    private long frame;
    private int examined;
    private BoxKalmanFilter filter = new BoxKalmanFilter(BoxModel.ASPECT_AND_HEIGHT);

    /** Number of open tracks. */
    public int count() {
        return tracks.size();
    }

    /** An open track; they are in the order of their ids. */
    public Track track(int index) {
        return tracks.get(index);
    }

    /** The id that the next track will have. */
    public long nextId() {
        return nextId;
    }

    /** Carries the open tracks over to frames of another size; the factors are new by old. */
    public void rescale(double horizontal, double vertical) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).rescale(horizontal, vertical, filter);
        }
    }

    /** Ends all tracks, because what comes next has nothing to do with what was. */
    public void endAll(TrackListener listener) {
        for (int i = 0; i < tracks.size(); i++) {
            end(tracks.get(i), listener);
        }
        removeEnded();
    }

    /** Ends all tracks and takes the next frame for the first one of a camera. */
    public void restart(TrackListener listener) {
        endAll(listener);
        examined = 0;
    }

    /** Forgets everything without telling anybody, to be filled with the state of a camera. */
    public void clear() {
        spare.addAll(tracks);
        tracks.clear();
        nextId = 1;
        frame = 0;
        examined = 0;
    }

    /** Number of the latest frame; it counts on over restarts. */
    long frame() {
        return frame;
    }

    /** Frames that were examined since the beginning or the latest restart, up to a limit. */
    int examined() {
        return examined;
    }

    void setExamined() {
        examined = Math.min(MOST_EXAMINED, examined + 1);
    }

    BoxModel model() {
        return filter.model();
    }

    /**
     * Lets the tracks be moved by a filter. If those that are there were moved by another kind,
     * because the tracker was exchanged, each begins anew where it was seen last.
     */
    void use(BoxKalmanFilter newFilter) {
        boolean isOther = filter.model() != newFilter.model();
        filter = newFilter;
        for (int i = 0; isOther && i < tracks.size(); i++) {
            tracks.get(i).beginMotion(frame, filter);
        }
    }

    /** Lets frames pass; the tracks stay behind until they are {@link #predict predicted}. */
    void advance(int frames) {
        frame += frames;
    }

    /** Moves all open tracks to the latest frame. */
    void predict() {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).advanceTo(frame, filter);
        }
    }

    /** Begins a track; see {@link Track} for the span. */
    Track begin(Observations from, int detection, int span) {
        Track track = open();
        track.begin(nextId++, frame, from, detection, filter, span);
        return track;
    }

    void end(Track track, TrackListener listener) {
        track.phase = TrackPhase.ENDED;
        if (track.wasConfirmed) {
            listener.onChange(TrackChange.ENDED, track);
        }
    }

    void removeEnded() {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.phase == TrackPhase.ENDED) {
                spare.add(track);
            } else {
                tracks.set(kept++, track);
            }
        }
        for (int i = tracks.size() - 1; i >= kept; i--) {
            tracks.remove(i);
        }
    }

    /** For the state format: a track to be filled in, behind the others. */
    Track open() {
        Track track = spare.isEmpty() ? new Track() : spare.remove(spare.size() - 1);
        tracks.add(track);
        return track;
    }

    /** For the state format. */
    void restore(
            long restoredNextId, long restoredFrame, int restoredExamined, BoxModel restoredModel) {
        nextId = restoredNextId;
        frame = restoredFrame;
        examined = restoredExamined;
        if (filter.model() != restoredModel) {
            filter = new BoxKalmanFilter(restoredModel);
        }
    }

    /** For the state format: the open tracks are complete. */
    void restored() {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).restartPrediction(frame, filter);
        }
    }
}

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

import io.frameflow.operators.tracking.assignment.LinearAssignment;
import io.frameflow.operators.tracking.motion.BoxKalmanFilter;
import io.frameflow.operators.tracking.tracker.TrackerRecipe.Lifecycle;

/**
 * A tracker made by a recipe: it matches detections with tracks in stages, moves tracks by a
 * filter, and lets them live by rules. The age of a track out of sight is counted in frames of the
 * camera, missing ones included.
 */
final class StagedTracker implements Tracker {
    /** A streak is counted up to here. */
    private static final int MOST_STREAK = 1_000_000;

    private final TrackerRecipe recipe;
    private final Lifecycle lifecycle;
    private final BoxKalmanFilter filter;
    private final Association association;
    private DetectionPool[] pools = {};

    StagedTracker(TrackerRecipe recipe) {
        this.recipe = recipe;
        this.lifecycle = recipe.lifecycle();
        this.association = new Association(recipe.edge());
        this.filter = new BoxKalmanFilter(recipe.motion());
    }

    @Override
    public boolean reportsObservedBoxes() {
        return recipe.isObservedReported();
    }

    @Override
    public void advance(TrackSet tracks, int frames, TrackListener listener) {
        tracks.use(filter);
        tracks.advance(frames);
        // Up to the frame before, nothing was seen; whether it is seen in this one, update finds
        // out.
        endForgotten(tracks, tracks.frame() - 1, listener);
        tracks.removeEnded();
        tracks.predict();
    }

    @Override
    public void update(TrackSet tracks, Observations frame, TrackListener listener) {
        sortIntoPools(frame);
        association.begin(tracks, frame);
        long since = tracks.frame() - recipe.directionFrames();
        for (int stage = 0; stage < recipe.stages().size(); stage++) {
            association.run(recipe.stages().get(stage), tracks, frame, pools, since);
        }
        int known = tracks.count();
        for (int i = 0; i < known; i++) {
            int detection = association.detectionOf(i);
            if (detection == LinearAssignment.NONE) {
                miss(tracks, tracks.track(i), listener);
            } else {
                match(tracks, tracks.track(i), frame, detection, listener);
            }
        }
        endForgotten(tracks, tracks.frame(), listener);
        tracks.removeEnded();
        beginNew(tracks, frame, listener);
        if (recipe.duplicateOverlap() < 1) {
            endDuplicates(tracks, frame, listener);
            tracks.removeEnded();
        }
        tracks.setExamined();
    }

    private void sortIntoPools(Observations frame) {
        if (pools.length < frame.count()) {
            pools = new DetectionPool[Math.max(frame.count(), 2 * pools.length)];
        }
        for (int i = 0; i < frame.count(); i++) {
            float score = frame.score(i);
            if (score >= recipe.highThresh()) {
                pools[i] = DetectionPool.HIGH;
            } else {
                pools[i] = score >= recipe.lowThresh() ? DetectionPool.LOW : DetectionPool.NONE;
            }
        }
    }

    private void match(
            TrackSet tracks,
            Track track,
            Observations frame,
            int detection,
            TrackListener listener) {
        int span = recipe.directionFrames();
        if (recipe.isReupdated()) {
            track.detectedAfterStraightWay(tracks.frame(), frame, detection, filter, span);
        } else {
            track.detectedAgain(tracks.frame(), frame, detection, filter, span);
        }
        frame.setTrack(detection, track);
        track.streak = Math.min(track.streak, MOST_STREAK) + 1;
        boolean isSure = track.streak >= lifecycle.minHits() || isOpening(tracks);
        switch (track.phase) {
            case TENTATIVE -> {
                if (isSure) {
                    confirm(track, listener);
                }
            }
            case LOST -> {
                if (isSure || !lifecycle.isConfirmedAgain()) {
                    confirm(track, listener);
                } else {
                    track.phase = TrackPhase.TENTATIVE;
                }
            }
            case CONFIRMED, ENDED -> {}
        }
    }

    private boolean isOpening(TrackSet tracks) {
        return tracks.examined() < lifecycle.openingFrames();
    }

    private void miss(TrackSet tracks, Track track, TrackListener listener) {
        track.streak = 0;
        if (track.phase == TrackPhase.CONFIRMED) {
            track.phase = TrackPhase.LOST;
            listener.onChange(TrackChange.LOST, track);
        } else if (track.phase == TrackPhase.TENTATIVE) {
            if (!lifecycle.outlivesMiss()) {
                tracks.end(track, listener);
            } else if (track.wasConfirmed) {
                track.phase = TrackPhase.LOST;
            }
        }
    }

    private static void confirm(Track track, TrackListener listener) {
        track.phase = TrackPhase.CONFIRMED;
        if (track.wasConfirmed) {
            listener.onChange(TrackChange.RECOVERED, track);
        } else {
            track.wasConfirmed = true;
            listener.onChange(TrackChange.CONFIRMED, track);
        }
    }

    /** Ends the tracks that at the given frame had not been seen for longer than the buffer. */
    private void endForgotten(TrackSet tracks, long frame, TrackListener listener) {
        for (int i = 0; i < tracks.count(); i++) {
            Track track = tracks.track(i);
            if (track.phase != TrackPhase.ENDED && frame - track.latestFrame > lifecycle.maxAge()) {
                tracks.end(track, listener);
            }
        }
    }

    private void beginNew(TrackSet tracks, Observations frame, TrackListener listener) {
        for (int i = 0; i < frame.count(); i++) {
            if (pools[i] == DetectionPool.HIGH
                    && !association.isTaken(i)
                    && frame.score(i) >= recipe.newTrackThresh()) {
                if (!makeRoom(tracks, listener)) {
                    listener.onRefused(i);
                    continue;
                }
                Track track = tracks.begin(frame, i, recipe.directionFrames());
                frame.setTrack(i, track);
                if (lifecycle.minHits() == 0 || isOpening(tracks)) {
                    confirm(track, listener);
                }
            }
        }
    }

    private boolean makeRoom(TrackSet tracks, TrackListener listener) {
        if (tracks.count() < recipe.maxTargets()) {
            return true;
        }
        Track oldest = null;
        for (int i = 0; i < tracks.count(); i++) {
            Track track = tracks.track(i);
            if (track.latestFrame < tracks.frame()
                    && (oldest == null || track.latestFrame < oldest.latestFrame)) {
                oldest = track;
            }
        }
        if (oldest == null) {
            return false;
        }
        listener.onDisplaced(oldest);
        tracks.end(oldest, listener);
        tracks.removeEnded();
        return true;
    }

    private void endDuplicates(TrackSet tracks, Observations frame, TrackListener listener) {
        for (int i = 0; i < tracks.count(); i++) {
            Track lost = tracks.track(i);
            if (lost.phase != TrackPhase.LOST) {
                continue;
            }
            for (int j = 0; j < tracks.count() && lost.phase == TrackPhase.LOST; j++) {
                Track seen = tracks.track(j);
                if (seen.phase != TrackPhase.ENDED
                        && seen.latestFrame == tracks.frame()
                        && seen.classId == lost.classId
                        && coverSamePlace(seen, lost)) {
                    endShorter(tracks, seen, lost, frame, listener);
                }
            }
        }
    }

    private static void endShorter(
            TrackSet tracks, Track seen, Track lost, Observations frame, TrackListener listener) {
        if (seen.ageFrames() > lost.ageFrames()) {
            tracks.end(lost, listener);
            return;
        }
        for (int i = 0; i < frame.count(); i++) {
            if (frame.track(i) == seen) {
                frame.setTrack(i, null);
            }
        }
        tracks.end(seen, listener);
    }

    private boolean coverSamePlace(Track a, Track b) {
        double edge = recipe.edge();
        double leftA = a.estimatedLeft();
        double topA = a.estimatedTop();
        double leftB = b.estimatedLeft();
        double topB = b.estimatedTop();
        return Pair.overlap(
                        leftA,
                        topA,
                        leftA + a.estimatedWidth() + edge,
                        topA + a.estimatedHeight() + edge,
                        leftB,
                        topB,
                        leftB + b.estimatedWidth() + edge,
                        topB + b.estimatedHeight() + edge)
                > recipe.duplicateOverlap();
    }
}

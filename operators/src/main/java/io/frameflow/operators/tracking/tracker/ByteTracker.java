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
import java.util.List;
import java.util.Set;

/**
 * ByteTrack: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box"
 * (ECCV 2022). Sure detections are matched with all tracks first, then the unsure ones with the
 * tracks in sight that are left: an object that is partly hidden gives a box of low score, which is
 * no reason to lose it.
 *
 * <p>Where the paper leaves a detail open, this follows what its authors' experiments do: a track
 * begins tentative and is confirmed by a detection in the next examined frame, except in the first
 * frame of a camera, where it is confirmed at once; a tentative track without a detection ends; of
 * a track in sight and a lost one that have come to cover the same place, the one that was followed
 * for a shorter time ends. The age of a lost track is counted in frames of the camera, missing ones
 * included.
 */
public final class ByteTracker implements Tracker {
    /** Costs of this or more are not matched in the stage for detections of low score. */
    private static final double LOW_SCORE_THRESHOLD = 0.5;

    /** Costs of this or more are not matched in the stage for tentative tracks. */
    private static final double TENTATIVE_THRESHOLD = 0.7;

    /** Two tracks that overlap by more than this cover the same place. */
    private static final double DUPLICATE_OVERLAP = 0.85;

    private final ByteTrackOptions options;
    private final List<AssociationStage> stages;
    private final Association association = new Association();
    private DetectionPool[] pools = {};

    /** A tracker with the given options. */
    public ByteTracker(ByteTrackOptions options) {
        this.options = options;
        AssociationCost cost =
                options.fuseScore()
                        ? AssociationCost.SCORE_FUSED_IOU_DISTANCE
                        : AssociationCost.IOU_DISTANCE;
        this.stages =
                List.of(
                        new AssociationStage(
                                "sure detections",
                                Set.of(TrackPhase.CONFIRMED, TrackPhase.LOST),
                                DetectionPool.HIGH,
                                cost,
                                options.matchThresh()),
                        new AssociationStage(
                                "unsure detections",
                                Set.of(TrackPhase.CONFIRMED),
                                DetectionPool.LOW,
                                AssociationCost.IOU_DISTANCE,
                                LOW_SCORE_THRESHOLD),
                        new AssociationStage(
                                "tentative tracks",
                                Set.of(TrackPhase.TENTATIVE),
                                DetectionPool.HIGH,
                                cost,
                                TENTATIVE_THRESHOLD));
    }

    @Override
    public void advance(TrackSet tracks, int frames, TrackListener listener) {
        tracks.advance(frames);
        // Up to the frame before, nothing was seen; whether it is seen in this one, update finds
        // out.
        endForgotten(tracks, tracks.frame() - 1, listener);
        tracks.removeEnded();
        for (int i = 0; i < tracks.count(); i++) {
            tracks.track(i).predict(frames);
        }
    }

    @Override
    public void update(TrackSet tracks, Observations frame, TrackListener listener) {
        sortIntoPools(frame);
        association.begin(tracks, frame);
        for (int stage = 0; stage < stages.size(); stage++) {
            association.run(stages.get(stage), tracks, frame, pools);
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
        endDuplicates(tracks, frame, listener);
        tracks.removeEnded();
        tracks.setExamined();
    }

    private void sortIntoPools(Observations frame) {
        if (pools.length < frame.count()) {
            pools = new DetectionPool[Math.max(frame.count(), 2 * pools.length)];
        }
        for (int i = 0; i < frame.count(); i++) {
            float score = frame.score(i);
            if (score >= options.trackHighThresh()) {
                pools[i] = DetectionPool.HIGH;
            } else {
                pools[i] =
                        score >= options.trackLowThresh() ? DetectionPool.LOW : DetectionPool.NONE;
            }
        }
    }

    private static void match(
            TrackSet tracks,
            Track track,
            Observations frame,
            int detection,
            TrackListener listener) {
        TrackPhase before = track.phase;
        track.detectedAgain(tracks.frame(), frame, detection);
        frame.setTrack(detection, track);
        if (before == TrackPhase.TENTATIVE) {
            confirm(track, listener);
        } else if (before == TrackPhase.LOST) {
            track.phase = TrackPhase.CONFIRMED;
            listener.onChange(TrackChange.RECOVERED, track);
        }
    }

    private static void miss(TrackSet tracks, Track track, TrackListener listener) {
        if (track.phase == TrackPhase.TENTATIVE) {
            tracks.end(track, listener);
        } else if (track.phase == TrackPhase.CONFIRMED) {
            track.phase = TrackPhase.LOST;
            listener.onChange(TrackChange.LOST, track);
        }
    }

    private static void confirm(Track track, TrackListener listener) {
        track.phase = TrackPhase.CONFIRMED;
        track.wasConfirmed = true;
        listener.onChange(TrackChange.CONFIRMED, track);
    }

    /** Ends the tracks that at the given frame had not been seen for longer than the buffer. */
    private void endForgotten(TrackSet tracks, long frame, TrackListener listener) {
        for (int i = 0; i < tracks.count(); i++) {
            Track track = tracks.track(i);
            if (track.phase != TrackPhase.ENDED
                    && frame - track.latestFrame > options.trackBuffer()) {
                tracks.end(track, listener);
            }
        }
    }

    private void beginNew(TrackSet tracks, Observations frame, TrackListener listener) {
        for (int i = 0; i < frame.count(); i++) {
            if (pools[i] == DetectionPool.HIGH
                    && !association.isTaken(i)
                    && frame.score(i) >= options.newTrackThresh()) {
                if (!makeRoom(tracks, listener)) {
                    listener.onRefused(i);
                    continue;
                }
                Track track = tracks.begin(frame, i);
                frame.setTrack(i, track);
                if (tracks.isFirst()) {
                    confirm(track, listener);
                }
            }
        }
    }

    private boolean makeRoom(TrackSet tracks, TrackListener listener) {
        if (tracks.count() < options.maxTargetsPerStream()) {
            return true;
        }
        Track oldest = null;
        for (int i = 0; i < tracks.count(); i++) {
            Track track = tracks.track(i);
            if (track.phase == TrackPhase.LOST
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

    private static void endDuplicates(TrackSet tracks, Observations frame, TrackListener listener) {
        for (int i = 0; i < tracks.count(); i++) {
            Track lost = tracks.track(i);
            if (lost.phase != TrackPhase.LOST) {
                continue;
            }
            for (int j = 0; j < tracks.count() && lost.phase == TrackPhase.LOST; j++) {
                Track seen = tracks.track(j);
                if (isInSight(seen) && seen.classId == lost.classId && coverSamePlace(seen, lost)) {
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

    private static boolean isInSight(Track track) {
        return track.phase == TrackPhase.CONFIRMED || track.phase == TrackPhase.TENTATIVE;
    }

    private static boolean coverSamePlace(Track a, Track b) {
        double leftA = a.estimatedLeft();
        double topA = a.estimatedTop();
        double leftB = b.estimatedLeft();
        double topB = b.estimatedTop();
        return Association.overlap(
                        leftA,
                        topA,
                        leftA + a.estimatedWidth(),
                        topA + a.estimatedHeight(),
                        leftB,
                        topB,
                        leftB + b.estimatedWidth(),
                        topB + b.estimatedHeight())
                > DUPLICATE_OVERLAP;
    }
}

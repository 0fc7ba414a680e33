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

/**
 * A track and a detection whose fit a stage asks for. One object is filled in for all pairs, one
 * after the other; what is the same for all detections of a track is worked out once. Not
 * thread-safe.
 */
final class Pair {
    private final double edge;
    private final Directions directions = new Directions();
    private Observations frame = new Observations();
    private Track track = new Track();
    private double left;
    private double top;
    private double right;
    private double bottom;
    private double fromX;
    private double fromY;
    private boolean isCompared;
    private int detection;
    private double overlap;

    /**
     * A pair to be filled in.
     *
     * @param edge by how many pixels a box reaches beyond its right and lower edge
     */
    Pair(double edge) {
        this.edge = edge;
    }

    /** Takes the detections of a frame. */
    void begin(Observations newFrame) {
        frame = newFrame;
        directions.begin(newFrame);
    }

    /**
     * Takes a track.
     *
     * @param isPredicted whether it is where the filter expects it, or where it was seen last
     * @param since frame from which on its way is looked at
     */
    void begin(Track newTrack, boolean isPredicted, long since) {
        track = newTrack;
        isCompared = false;
        if (isPredicted) {
            left = track.estimatedLeft();
            top = track.estimatedTop();
            right = left + track.estimatedWidth() + edge;
            bottom = top + track.estimatedHeight() + edge;
        } else {
            left = track.left();
            top = track.top();
            right = left + track.width() + edge;
            bottom = top + track.height() + edge;
        }
        int reference = track.path.firstSince(since);
        if (reference >= 0) {
            fromX = track.path.x(reference);
            fromY = track.path.y(reference);
        }
    }

    /** Takes a detection, by its place in the frame. */
    void with(int newDetection) {
        detection = newDetection;
        double otherLeft = frame.left(detection);
        double otherTop = frame.top(detection);
        overlap =
                overlap(
                        left,
                        top,
                        right,
                        bottom,
                        otherLeft,
                        otherTop,
                        otherLeft + frame.width(detection) + edge,
                        otherTop + frame.height(detection) + edge);
    }

    /** Intersection over union, 0 to 1. */
    double overlap() {
        return overlap;
    }

    /** Whether the track was seen in the latest examined frame. */
    boolean isInSight() {
        return track.phase != TrackPhase.LOST;
    }

    /** Confidence of the detection, 0 to 1. */
    double score() {
        return Math.max(0, Math.min(1, frame.score(detection)));
    }

    /**
     * How well the way to the detection agrees with the track's direction: 1/2 straight on, -1/2
     * straight back, 0 where either is unknown.
     */
    double consistency() {
        if (!isCompared) {
            directions.compare(fromX, fromY, track.path.directionX(), track.path.directionY());
            isCompared = true;
        }
        return directions.consistency(detection);
    }

    /**
     * Intersection over union of two boxes given by their left, upper, right and lower edges; 0
     * where one of them has no area.
     */
    static double overlap(
            double leftA,
            double topA,
            double rightA,
            double bottomA,
            double leftB,
            double topB,
            double rightB,
            double bottomB) {
        double width = Math.min(rightA, rightB) - Math.max(leftA, leftB);
        double height = Math.min(bottomA, bottomB) - Math.max(topA, topB);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double intersection = width * height;
        double union =
                (rightA - leftA) * (bottomA - topA)
                        + (rightB - leftB) * (bottomB - topB)
                        - intersection;
        return intersection / union;
    }
}

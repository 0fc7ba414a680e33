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
import java.util.Arrays;

/**
 * Matches the tracks of a camera with the detections of a frame, stage after stage, and keeps the
 * books: who is matched with whom, who is still free. Objects of different classes are never
 * matched. Memory is kept between frames. Not thread-safe.
 */
final class Association {
    private final LinearAssignment assignment = new LinearAssignment();
    private int[] detectionOf = {};
    private boolean[] isTaken = {};
    private int[] rows = {};
    private int[] columns = {};
    private int[] columnOf = {};
    private double[] costs = {};

    /** Begins a frame: all are free. */
    void begin(TrackSet tracks, Observations frame) {
        reserve(tracks.count(), frame.count());
        Arrays.fill(detectionOf, 0, tracks.count(), LinearAssignment.NONE);
        Arrays.fill(isTaken, 0, frame.count(), false);
    }

    /**
     * Runs a stage on those that are still free.
     *
     * @param pools pool of each detection
     */
    void run(AssociationStage stage, TrackSet tracks, Observations frame, DetectionPool[] pools) {
        int rowCount = selectTracks(stage, tracks);
        int columnCount = selectDetections(stage, frame, pools);
        if (rowCount == 0 || columnCount == 0) {
            return;
        }
        if (costs.length < rowCount * columnCount) {
            costs = new double[Math.max(rowCount * columnCount, 2 * costs.length)];
        }
        for (int row = 0; row < rowCount; row++) {
            fillRow(stage, tracks.track(rows[row]), frame, row * columnCount, columnCount);
        }
        assignment.solve(costs, rowCount, columnCount, stage.threshold(), columnOf);
        for (int row = 0; row < rowCount; row++) {
            if (columnOf[row] != LinearAssignment.NONE) {
                int detection = columns[columnOf[row]];
                detectionOf[rows[row]] = detection;
                isTaken[detection] = true;
            }
        }
    }

    /** The detection of a track, by its place in the set; {@link LinearAssignment#NONE} if free. */
    int detectionOf(int track) {
        return detectionOf[track];
    }

    /** Whether a detection has a track. */
    boolean isTaken(int detection) {
        return isTaken[detection];
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

    private int selectTracks(AssociationStage stage, TrackSet tracks) {
        int selected = 0;
        for (int i = 0; i < tracks.count(); i++) {
            if (detectionOf[i] == LinearAssignment.NONE
                    && stage.tracks().contains(tracks.track(i).phase)) {
                rows[selected++] = i;
            }
        }
        return selected;
    }

    private int selectDetections(
            AssociationStage stage, Observations frame, DetectionPool[] pools) {
        int selected = 0;
        for (int i = 0; i < frame.count(); i++) {
            if (!isTaken[i] && pools[i] == stage.detections()) {
                columns[selected++] = i;
            }
        }
        return selected;
    }

    private void fillRow(
            AssociationStage stage, Track track, Observations frame, int at, int columnCount) {
        double left = track.estimatedLeft();
        double top = track.estimatedTop();
        double right = left + track.estimatedWidth();
        double bottom = top + track.estimatedHeight();
        for (int column = 0; column < columnCount; column++) {
            int detection = columns[column];
            double cost = Double.POSITIVE_INFINITY;
            if (frame.classId(detection) == track.classId) {
                double otherLeft = frame.left(detection);
                double otherTop = frame.top(detection);
                double overlap =
                        overlap(
                                left,
                                top,
                                right,
                                bottom,
                                otherLeft,
                                otherTop,
                                otherLeft + frame.width(detection),
                                otherTop + frame.height(detection));
                cost = stage.cost().of(overlap, frame.score(detection));
            }
            costs[at + column] = cost;
        }
    }

    private void reserve(int tracks, int detections) {
        if (detectionOf.length < tracks) {
            int capacity = Math.max(tracks, 2 * detectionOf.length);
            detectionOf = new int[capacity];
            rows = new int[capacity];
            columnOf = new int[capacity];
        }
        if (isTaken.length < detections) {
            int capacity = Math.max(detections, 2 * isTaken.length);
            isTaken = new boolean[capacity];
            columns = new int[capacity];
        }
    }
}

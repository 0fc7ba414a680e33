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
    private final Pair pair;
    private int[] detectionOf = {};
    private boolean[] isTaken = {};
    private int[] rows = {};
    private int[] columns = {};
    private int[] columnOf = {};
    private double[] costs = {};

    /**
     * An association.
     *
     * @param edge by how many pixels a box reaches beyond its right and lower edge
     */
    Association(double edge) {
        pair = new Pair(edge);
    }

    /** Begins a frame: all are free. */
    void begin(TrackSet tracks, Observations frame) {
        reserve(tracks.count(), frame.count());
        pair.begin(frame);
        Arrays.fill(detectionOf, 0, tracks.count(), LinearAssignment.NONE);
        Arrays.fill(isTaken, 0, frame.count(), false);
    }

    /**
     * Runs a stage on those that are still free.
     *
     * @param pools pool of each detection
     * @param since frame from which on the way of a track tells its direction
     */
    void run(
            AssociationStage stage,
            TrackSet tracks,
            Observations frame,
            DetectionPool[] pools,
            long since) {
        int rowCount = selectTracks(stage, tracks);
        int columnCount = selectDetections(stage, frame, pools);
        if (rowCount == 0 || columnCount == 0) {
            return;
        }
        if (costs.length < rowCount * columnCount) {
            costs = new double[Math.max(rowCount * columnCount, 2 * costs.length)];
        }
        for (int row = 0; row < rowCount; row++) {
            Track track = tracks.track(rows[row]);
            pair.begin(track, stage.isPredicted(), since);
            fillRow(stage.affinity(), track.classId, frame, row * columnCount, columnCount);
        }
        assignment.solve(costs, rowCount, columnCount, 0, columnOf);
        for (int row = 0; row < rowCount; row++) {
            if (columnOf[row] != LinearAssignment.NONE) {
                accept(stage, tracks, rows[row], columns[columnOf[row]]);
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
            Affinity affinity, int classId, Observations frame, int at, int columnCount) {
        for (int column = 0; column < columnCount; column++) {
            int detection = columns[column];
            double value = Affinity.NONE;
            if (frame.classId(detection) == classId) {
                pair.with(detection);
                value = affinity.of(pair);
            }
            costs[at + column] = value > Affinity.NONE ? -value : Double.POSITIVE_INFINITY;
        }
    }

    private void accept(AssociationStage stage, TrackSet tracks, int track, int detection) {
        if (stage.leastOverlap() > 0) {
            pair.begin(tracks.track(track), stage.isPredicted(), tracks.frame());
            pair.with(detection);
            if (pair.overlap() < stage.leastOverlap()) {
                return;
            }
        }
        detectionOf[track] = detection;
        isTaken[detection] = true;
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

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
package io.frameflow.cli.evaluate.tracking;

/**
 * How well each object and each track belong together over a whole sequence: HOTA's global
 * alignment, a Jaccard index of the boxes that they may share.
 */
final class Alignment {
    private final int tracks;
    private final int[] objectBoxes;
    private final int[] trackBoxes;
    private final double[] shared;

    Alignment(Sequence sequence) {
        tracks = sequence.tracks();
        objectBoxes = new int[sequence.objects()];
        trackBoxes = new int[tracks];
        shared = new double[sequence.objects() * tracks];
        for (Frame frame : sequence.frames()) {
            count(frame);
            share(frame);
        }
    }

    /** Number of tracks. */
    int tracks() {
        return tracks;
    }

    /** Frames in which an object is. */
    int objectBoxes(int object) {
        return objectBoxes[object];
    }

    /** Frames in which a track has a box. */
    int trackBoxes(int track) {
        return trackBoxes[track];
    }

    /** 0 for two that never meet, to 1. */
    double score(int object, int track) {
        double both = shared[object * tracks + track];
        return both / (objectBoxes[object] + trackBoxes[track] - both);
    }

    private void count(Frame frame) {
        for (int row = 0; row < frame.objectCount(); row++) {
            objectBoxes[frame.object(row)]++;
        }
        for (int column = 0; column < frame.trackCount(); column++) {
            trackBoxes[frame.track(column)]++;
        }
    }

    /** A pair's share of the frame is its overlap by all overlaps that the two have there. */
    private void share(Frame frame) {
        double[] ofRow = new double[frame.objectCount()];
        double[] ofColumn = new double[frame.trackCount()];
        for (int row = 0; row < ofRow.length; row++) {
            for (int column = 0; column < ofColumn.length; column++) {
                double overlap = frame.overlap(row, column);
                ofRow[row] += overlap;
                ofColumn[column] += overlap;
            }
        }
        for (int row = 0; row < ofRow.length; row++) {
            for (int column = 0; column < ofColumn.length; column++) {
                double overlap = frame.overlap(row, column);
                double all = ofRow[row] + ofColumn[column] - overlap;
                if (all > Matching.EPSILON) {
                    shared[frame.object(row) * tracks + frame.track(column)] += overlap / all;
                }
            }
        }
    }
}

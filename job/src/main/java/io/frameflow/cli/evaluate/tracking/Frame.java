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
 * What is judged in one frame: objects, tracked boxes, and how far they overlap. Objects and tracks
 * are numbered from 0 over the whole sequence.
 */
final class Frame {
    private final int[] objects;
    private final int[] tracks;
    private final double[] overlaps;

    /**
     * A frame, which owns the arrays from here on.
     *
     * @param objects number of each object in the frame
     * @param tracks number of the track of each tracked box
     * @param overlaps intersection over union, {@code objects x tracks}, row by row
     */
    Frame(int[] objects, int[] tracks, double[] overlaps) {
        this.objects = objects;
        this.tracks = tracks;
        this.overlaps = overlaps;
    }

    int objectCount() {
        return objects.length;
    }

    int trackCount() {
        return tracks.length;
    }

    int object(int row) {
        return objects[row];
    }

    int track(int column) {
        return tracks[column];
    }

    double overlap(int row, int column) {
        return overlaps[row * tracks.length + column];
    }
}

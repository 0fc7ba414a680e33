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

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The detections of one frame, as columns, and the track of each once the tracker has seen them.
 * Made once and filled again for each frame; nothing is allocated once the fullest frame was seen.
 * Not thread-safe.
 */
public final class Observations {
    /** No camera has more pixels than this on a side; a box beyond is nonsense. */
    private static final float LARGEST_COORDINATE = 1e6f;

    private static final int BOX_SIZE = 4;

    private int count;
    private long captureTimeMicros;
    private float[] boxes = {};
    private float[] scores = {};
    private int[] classIds = {};
    private String[] labels = {};
    private @Nullable Track[] tracks = {};

    /**
     * Begins a frame without detections.
     *
     * @param captureTimeMicros when it was taken, in microseconds since 1970-01-01T00:00:00Z
     */
    public void begin(long captureTimeMicros) {
        this.captureTimeMicros = captureTimeMicros;
        Arrays.fill(labels, 0, count, "");
        Arrays.fill(tracks, 0, count, null);
        count = 0;
    }

    /**
     * Whether a tracker can use a detection: all numbers finite, width and height above 0, no
     * coordinate beyond a million pixels, no negative class.
     */
    public static boolean isUsable(
            float left, float top, float width, float height, float score, int classId) {
        return classId >= 0
                && Math.abs(left) <= LARGEST_COORDINATE
                && Math.abs(top) <= LARGEST_COORDINATE
                && width > 0
                && width <= LARGEST_COORDINATE
                && height > 0
                && height <= LARGEST_COORDINATE
                && Float.isFinite(score);
    }

    /**
     * Adds a detection.
     *
     * @param left left edge in pixels
     * @param top upper edge in pixels
     * @param width in pixels
     * @param height in pixels
     * @param score confidence, 0 to 1
     * @param classId class, from 0
     * @param label name of the class
     * @return its index, counted from 0
     * @throws IllegalArgumentException if the detection is not {@link #isUsable usable}
     */
    public int add(
            float left,
            float top,
            float width,
            float height,
            float score,
            int classId,
            String label) {
        if (!isUsable(left, top, width, height, score, classId)) {
            throw new IllegalArgumentException("a detection that no tracker can use");
        }
        reserve(count + 1);
        int box = BOX_SIZE * count;
        boxes[box] = left;
        boxes[box + 1] = top;
        boxes[box + 2] = width;
        boxes[box + 3] = height;
        scores[count] = score;
        classIds[count] = classId;
        labels[count] = label;
        tracks[count] = null;
        return count++;
    }

    /** Number of detections. */
    public int count() {
        return count;
    }

    /** When the frame was taken, in microseconds since 1970-01-01T00:00:00Z. */
    public long captureTimeMicros() {
        return captureTimeMicros;
    }

    /** Left edge of a detection in pixels. */
    public float left(int detection) {
        return boxes[BOX_SIZE * detection];
    }

    /** Upper edge of a detection in pixels. */
    public float top(int detection) {
        return boxes[BOX_SIZE * detection + 1];
    }

    /** Width of a detection in pixels. */
    public float width(int detection) {
        return boxes[BOX_SIZE * detection + 2];
    }

    /** Height of a detection in pixels. */
    public float height(int detection) {
        return boxes[BOX_SIZE * detection + 3];
    }

    /** Confidence of a detection. */
    public float score(int detection) {
        return scores[detection];
    }

    /** Class of a detection. */
    public int classId(int detection) {
        return classIds[detection];
    }

    /** Name of the class of a detection. */
    public String label(int detection) {
        return labels[detection];
    }

    /**
     * The track of a detection; null where it belongs to none. Valid until the tracker's next
     * frame.
     */
    public @Nullable Track track(int detection) {
        return tracks[detection];
    }

    void setTrack(int detection, @Nullable Track track) {
        tracks[detection] = track;
    }

    private void reserve(int needed) {
        if (scores.length < needed) {
            int capacity = Math.max(needed, 2 * scores.length);
            boxes = Arrays.copyOf(boxes, BOX_SIZE * capacity);
            scores = Arrays.copyOf(scores, capacity);
            classIds = Arrays.copyOf(classIds, capacity);
            labels = Arrays.copyOf(labels, capacity);
            tracks = Arrays.copyOf(tracks, capacity);
        }
    }
}

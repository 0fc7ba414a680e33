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

/**
 * One object followed through the frames of a camera. Only its tracker changes it; instances are
 * used again for later tracks.
 */
public final class Track {
    final double[] motion = new double[BoxKalmanFilter.STATE_SIZE];
    long id;
    int classId;
    String label = "";
    TrackPhase phase = TrackPhase.ENDED;
    boolean wasConfirmed;
    long firstFrame;
    long latestFrame;
    long firstCaptureTimeMicros;
    int detections;
    float score;
    float left;
    float top;
    float width;
    float height;

    Track() {}

    /** Number of the track, from 1, never given twice by its {@link TrackSet}. */
    public long id() {
        return id;
    }

    /** Class of the object, from 0. */
    public int classId() {
        return classId;
    }

    /** Name of the class. */
    public String label() {
        return label;
    }

    /** Where the track is in its life. */
    public TrackPhase phase() {
        return phase;
    }

    /** Capture time of its first frame, in microseconds since 1970-01-01T00:00:00Z. */
    public long firstCaptureTimeMicros() {
        return firstCaptureTimeMicros;
    }

    /** Frames in which it was detected. */
    public int detections() {
        return detections;
    }

    /** Frames of the camera from its first one to its latest detection, both included. */
    public int ageFrames() {
        return (int) Math.min(Integer.MAX_VALUE, latestFrame - firstFrame + 1);
    }

    /** Confidence of its latest detection, 0 to 1. */
    public float score() {
        return score;
    }

    /** Left edge of its latest detection, in pixels. */
    public float left() {
        return left;
    }

    /** Upper edge of its latest detection, in pixels. */
    public float top() {
        return top;
    }

    /** Width of its latest detection, in pixels. */
    public float width() {
        return width;
    }

    /** Height of its latest detection, in pixels. */
    public float height() {
        return height;
    }

    /** Left edge as the filter estimates it now, in pixels. */
    public double estimatedLeft() {
        return BoxKalmanFilter.left(motion);
    }

    /** Upper edge as the filter estimates it now, in pixels. */
    public double estimatedTop() {
        return BoxKalmanFilter.top(motion);
    }

    /** Width as the filter estimates it now, in pixels; 0 or below where it ran astray. */
    public double estimatedWidth() {
        return BoxKalmanFilter.width(motion);
    }

    /** Height as the filter estimates it now, in pixels; 0 or below where it ran astray. */
    public double estimatedHeight() {
        return BoxKalmanFilter.height(motion);
    }

    void begin(long newId, long frame, Observations from, int detection) {
        id = newId;
        classId = from.classId(detection);
        label = from.label(detection);
        phase = TrackPhase.TENTATIVE;
        wasConfirmed = false;
        firstFrame = frame;
        firstCaptureTimeMicros = from.captureTimeMicros();
        detections = 0;
        remember(frame, from, detection);
        BoxKalmanFilter.begin(motion, left, top, width, height);
    }

    void detectedAgain(long frame, Observations from, int detection) {
        remember(frame, from, detection);
        BoxKalmanFilter.correct(motion, left, top, width, height);
    }

    /** Moves on by some frames; from the first one without a detection on, the height stays. */
    void predict(int frames) {
        for (int step = 0; step < frames; step++) {
            if (step > 0 || phase == TrackPhase.LOST) {
                BoxKalmanFilter.holdHeight(motion);
            }
            BoxKalmanFilter.predict(motion);
        }
    }

    void rescale(double horizontal, double vertical) {
        BoxKalmanFilter.rescale(motion, horizontal, vertical);
        left *= (float) horizontal;
        top *= (float) vertical;
        width *= (float) horizontal;
        height *= (float) vertical;
    }

    private void remember(long frame, Observations from, int detection) {
        latestFrame = frame;
        detections = Math.min(detections, Integer.MAX_VALUE - 1) + 1;
        score = from.score(detection);
        left = from.left(detection);
        top = from.top(detection);
        width = from.width(detection);
        height = from.height(detection);
    }
}

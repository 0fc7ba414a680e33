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
    /** The filter's state at {@link #motionFrame}. */
    final double[] motion = new double[BoxKalmanFilter.STATE_SIZE];

    final Path path = new Path();
    long motionFrame;
    int streak;
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

    /** The filter's state at {@link #predictedFrame}; it follows from {@link #motion}. */
    private final double[] predicted = new double[BoxKalmanFilter.STATE_SIZE];

    private long predictedFrame;
    private double estimatedLeft;
    private double estimatedTop;
    private double estimatedWidth;
    private double estimatedHeight;

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
        return estimatedLeft;
    }

    /** Upper edge as the filter estimates it now, in pixels. */
    public double estimatedTop() {
        return estimatedTop;
    }

    /** Width as the filter estimates it now, in pixels; 0 or below where it ran astray. */
    public double estimatedWidth() {
        return estimatedWidth;
    }

    /** Height as the filter estimates it now, in pixels; 0 or below where it ran astray. */
    public double estimatedHeight() {
        return estimatedHeight;
    }

    void begin(
            long newId,
            long frame,
            Observations from,
            int detection,
            BoxKalmanFilter filter,
            int span) {
        id = newId;
        classId = from.classId(detection);
        label = from.label(detection);
        phase = TrackPhase.TENTATIVE;
        wasConfirmed = false;
        firstFrame = frame;
        firstCaptureTimeMicros = from.captureTimeMicros();
        detections = 0;
        streak = 0;
        path.clear();
        remember(frame, from, detection, span);
        beginMotion(frame, filter);
    }

    /** Lets the filter begin anew where the track was seen last. */
    void beginMotion(long frame, BoxKalmanFilter filter) {
        filter.begin(motion, left, top, width, height);
        motionFrame = frame;
        restartPrediction(frame, filter);
    }

    /** The track is seen where it is expected, more or less. */
    void detectedAgain(
            long frame, Observations from, int detection, BoxKalmanFilter filter, int span) {
        remember(frame, from, detection, span);
        correct(frame, filter);
    }

    /**
     * The same for a track that may have been out of sight: what the filter made up meanwhile is
     * replaced by the straight way to where it is seen now. Observation-centric re-update of
     * OC-SORT.
     */
    void detectedAfterStraightWay(
            long frame, Observations from, int detection, BoxKalmanFilter filter, int span) {
        long seen = latestFrame;
        double fromLeft = left;
        double fromTop = top;
        double fromWidth = width;
        double fromHeight = height;
        remember(frame, from, detection, span);
        if (frame - motionFrame > 1) {
            System.arraycopy(motion, 0, predicted, 0, motion.length);
            for (long between = motionFrame + 1; between < frame; between++) {
                double part = (double) (between - seen) / (frame - seen);
                filter.predict(predicted, false);
                filter.correct(
                        predicted,
                        fromLeft + part * (left - fromLeft),
                        fromTop + part * (top - fromTop),
                        fromWidth + part * (width - fromWidth),
                        fromHeight + part * (height - fromHeight));
            }
            filter.predict(predicted, false);
        }
        correct(frame, filter);
    }

    /** Moves on to a frame. */
    void advanceTo(long frame, BoxKalmanFilter filter) {
        while (predictedFrame < frame) {
            filter.predict(predicted, predictedFrame > latestFrame);
            predictedFrame++;
        }
        estimate(filter);
    }

    /** Works the prediction out anew, after the state was read or changed. */
    void restartPrediction(long frame, BoxKalmanFilter filter) {
        System.arraycopy(motion, 0, predicted, 0, motion.length);
        predictedFrame = motionFrame;
        advanceTo(frame, filter);
    }

    void rescale(double horizontal, double vertical, BoxKalmanFilter filter) {
        filter.rescale(motion, horizontal, vertical);
        path.rescale(horizontal, vertical);
        left *= (float) horizontal;
        top *= (float) vertical;
        width *= (float) horizontal;
        height *= (float) vertical;
        restartPrediction(predictedFrame, filter);
    }

    private void correct(long frame, BoxKalmanFilter filter) {
        filter.correct(predicted, left, top, width, height);
        System.arraycopy(predicted, 0, motion, 0, motion.length);
        motionFrame = frame;
        predictedFrame = frame;
        estimate(filter);
    }

    private void estimate(BoxKalmanFilter filter) {
        estimatedLeft = filter.left(predicted);
        estimatedTop = filter.top(predicted);
        estimatedWidth = filter.width(predicted);
        estimatedHeight = filter.height(predicted);
    }

    private void remember(long frame, Observations from, int detection, int span) {
        latestFrame = frame;
        detections = Math.min(detections, Integer.MAX_VALUE - 1) + 1;
        score = from.score(detection);
        left = from.left(detection);
        top = from.top(detection);
        width = from.width(detection);
        height = from.height(detection);
        path.add(frame, left + width / 2, top + height / 2, span);
    }
}

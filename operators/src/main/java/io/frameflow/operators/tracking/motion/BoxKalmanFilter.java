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
package io.frameflow.operators.tracking.motion;

/**
 * Kalman filter for a box that moves with constant velocity: centre x, centre y, aspect ratio
 * (width by height) and height, each with its velocity, in pixels and frames.
 *
 * <p>Model and noise are those of Wojke, Bewley and Paulus, "Simple Online and Realtime Tracking
 * with a Deep Association Metric" (2017), as ByteTrack (Zhang et al., 2022) uses them: standard
 * deviations in proportion to the height of the box, so that an object near the camera may move by
 * more pixels than one far away.
 *
 * <p>In that model a component's value depends on its own velocity only, both noises are diagonal,
 * and each value is measured by itself. The 8 x 8 covariance therefore stays block diagonal: four
 * filters of two numbers each give the same result as the one of eight, without any matrix. Each 2
 * x 2 block is kept as its three different numbers, so it is symmetric by construction; every step
 * adds noise to its diagonal, so it stays positive definite.
 *
 * <p>A filter's state is an array of {@link #STATE_SIZE} numbers that the caller owns; nothing is
 * allocated here. All methods may be called from any thread as long as no other uses the same
 * array.
 */
public final class BoxKalmanFilter {
    /**
     * Numbers in a state: for each of the four components its value, its velocity, the variance of
     * the value, the covariance of value and velocity, and the variance of the velocity.
     */
    public static final int STATE_SIZE = 20;

    private static final int COMPONENT_SIZE = 5;
    private static final int CENTER_X = 0;
    private static final int CENTER_Y = COMPONENT_SIZE;
    private static final int ASPECT = 2 * COMPONENT_SIZE;
    private static final int HEIGHT = 3 * COMPONENT_SIZE;

    private static final int VELOCITY = 1;
    private static final int VALUE_VARIANCE = 2;
    private static final int COVARIANCE = 3;
    private static final int VELOCITY_VARIANCE = 4;

    /** Standard deviation of a position, as a part of the height of the box. */
    private static final double POSITION_WEIGHT = 1.0 / 20;

    /** Standard deviation of a velocity in a frame, as a part of the height of the box. */
    private static final double VELOCITY_WEIGHT = 1.0 / 160;

    private static final double ASPECT_DEVIATION = 1e-2;
    private static final double ASPECT_VELOCITY_DEVIATION = 1e-5;
    private static final double ASPECT_MEASUREMENT_DEVIATION = 1e-1;

    /** The height that the noise is reckoned from is never below this, so that none becomes 0. */
    private static final double SMALLEST_HEIGHT = 1e-6;

    private BoxKalmanFilter() {}

    /**
     * Begins at a first measurement, at rest.
     *
     * @param state array of {@link #STATE_SIZE} numbers, overwritten
     * @param left left edge in pixels
     * @param top upper edge in pixels
     * @param width in pixels, above 0
     * @param height in pixels, above 0
     */
    public static void begin(double[] state, double left, double top, double width, double height) {
        double position = 2 * POSITION_WEIGHT * noiseHeight(height);
        double velocity = 10 * VELOCITY_WEIGHT * noiseHeight(height);
        begin(state, CENTER_X, left + width / 2, position, velocity);
        begin(state, CENTER_Y, top + height / 2, position, velocity);
        begin(state, ASPECT, width / height, ASPECT_DEVIATION, ASPECT_VELOCITY_DEVIATION);
        begin(state, HEIGHT, height, position, velocity);
    }

    /** Moves the state on by one frame. */
    public static void predict(double[] state) {
        double noiseHeight = noiseHeight(state[HEIGHT]);
        double position = POSITION_WEIGHT * noiseHeight;
        double velocity = VELOCITY_WEIGHT * noiseHeight;
        predict(state, CENTER_X, position, velocity);
        predict(state, CENTER_Y, position, velocity);
        predict(state, ASPECT, ASPECT_DEVIATION, ASPECT_VELOCITY_DEVIATION);
        predict(state, HEIGHT, position, velocity);
    }

    /**
     * Takes in a measured box; its numbers are as in {@link #begin(double[], double, double,
     * double, double)}.
     */
    public static void correct(
            double[] state, double left, double top, double width, double height) {
        double position = POSITION_WEIGHT * noiseHeight(state[HEIGHT]);
        correct(state, CENTER_X, left + width / 2, position);
        correct(state, CENTER_Y, top + height / 2, position);
        correct(state, ASPECT, width / height, ASPECT_MEASUREMENT_DEVIATION);
        correct(state, HEIGHT, height, position);
    }

    /**
     * Lets the box keep its height from here on, until the next measurement. For an object out of
     * sight, whose height would otherwise grow or shrink without bound.
     */
    public static void holdHeight(double[] state) {
        state[HEIGHT + VELOCITY] = 0;
    }

    /**
     * Carries the state over to a frame of another size.
     *
     * @param horizontal new width of the frame by old one, above 0
     * @param vertical new height of the frame by old one, above 0
     */
    public static void rescale(double[] state, double horizontal, double vertical) {
        rescale(state, CENTER_X, horizontal);
        rescale(state, CENTER_Y, vertical);
        rescale(state, ASPECT, horizontal / vertical);
        rescale(state, HEIGHT, vertical);
    }

    /** Left edge in pixels. */
    public static double left(double[] state) {
        return state[CENTER_X] - width(state) / 2;
    }

    /** Upper edge in pixels. */
    public static double top(double[] state) {
        return state[CENTER_Y] - state[HEIGHT] / 2;
    }

    /** Width in pixels. After predictions without a measurement it may be 0 or below. */
    public static double width(double[] state) {
        return state[ASPECT] * state[HEIGHT];
    }

    /** Height in pixels. After predictions without a measurement it may be 0 or below. */
    public static double height(double[] state) {
        return state[HEIGHT];
    }

    private static double noiseHeight(double height) {
        return Math.max(Math.abs(height), SMALLEST_HEIGHT);
    }

    private static void begin(
            double[] state, int at, double value, double deviation, double velocityDeviation) {
        state[at] = value;
        state[at + VELOCITY] = 0;
        state[at + VALUE_VARIANCE] = deviation * deviation;
        state[at + COVARIANCE] = 0;
        state[at + VELOCITY_VARIANCE] = velocityDeviation * velocityDeviation;
    }

    private static void predict(
            double[] state, int at, double deviation, double velocityDeviation) {
        double covariance = state[at + COVARIANCE];
        double velocityVariance = state[at + VELOCITY_VARIANCE];
        state[at] += state[at + VELOCITY];
        state[at + VALUE_VARIANCE] += 2 * covariance + velocityVariance + deviation * deviation;
        state[at + COVARIANCE] = covariance + velocityVariance;
        state[at + VELOCITY_VARIANCE] = velocityVariance + velocityDeviation * velocityDeviation;
    }

    private static void correct(double[] state, int at, double measured, double deviation) {
        double variance = state[at + VALUE_VARIANCE];
        double covariance = state[at + COVARIANCE];
        double noise = deviation * deviation;
        double total = variance + noise;
        double surprise = measured - state[at];
        state[at] += variance / total * surprise;
        state[at + VELOCITY] += covariance / total * surprise;
        double kept = noise / total;
        state[at + VALUE_VARIANCE] = variance * kept;
        state[at + COVARIANCE] = covariance * kept;
        // Equal to the variance less covariance^2 / total; covariance^2 / variance is less than it.
        state[at + VELOCITY_VARIANCE] -= covariance * (covariance / total);
    }

    private static void rescale(double[] state, int at, double factor) {
        state[at] *= factor;
        state[at + VELOCITY] *= factor;
        state[at + VALUE_VARIANCE] *= factor * factor;
        state[at + COVARIANCE] *= factor * factor;
        state[at + VELOCITY_VARIANCE] *= factor * factor;
    }
}

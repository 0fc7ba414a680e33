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

import io.frameflow.operators.tracking.motion.BoxModel.ComponentNoise;

/**
 * Kalman filter for a box that moves with constant velocity. A {@link BoxModel} says by which four
 * numbers the box is described and how sure each is; units are pixels and frames.
 *
 * <p>In all these models a number depends on its own velocity only, both noises are diagonal, and
 * each number is measured by itself. The 8 x 8 covariance therefore stays block diagonal: four
 * filters of two numbers each give the same result as the one of eight, without any matrix. Each 2
 * x 2 block is kept as its three different numbers, so it is symmetric by construction; every step
 * adds noise to its diagonal, so it stays positive definite.
 *
 * <p>A state is an array of {@link #STATE_SIZE} numbers that the caller owns; nothing is allocated
 * here. All methods may be called from any thread as long as no other uses the same array.
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
    private static final int THIRD = 2 * COMPONENT_SIZE;
    private static final int FOURTH = 3 * COMPONENT_SIZE;

    private static final int VELOCITY = 1;
    private static final int VALUE_VARIANCE = 2;
    private static final int COVARIANCE = 3;
    private static final int VELOCITY_VARIANCE = 4;

    /** A side that noise is reckoned from is never below this, so that none becomes 0. */
    private static final double SMALLEST_SIDE = 1e-6;

    private final BoxModel model;

    /** A filter for boxes as the model describes them. */
    public BoxKalmanFilter(BoxModel model) {
        this.model = model;
    }

    /** How it describes boxes. */
    public BoxModel model() {
        return model;
    }

    /**
     * Begins at a first measurement, at rest.
     *
     * @param state array of {@link #STATE_SIZE} numbers, overwritten
     * @param left left edge in pixels
     * @param top upper edge in pixels
     * @param width in pixels, above 0
     * @param height in pixels, above 0
     */
    public void begin(double[] state, double left, double top, double width, double height) {
        begin(state, CENTER_X, left + width / 2, model.centerXNoise(), width, height);
        begin(state, CENTER_Y, top + height / 2, model.centerYNoise(), width, height);
        begin(state, THIRD, model.third(width, height), model.thirdNoise(), width, height);
        begin(state, FOURTH, model.fourth(width, height), model.fourthNoise(), width, height);
    }

    /**
     * Moves the state on by one frame.
     *
     * @param isOutOfSight whether the object was not measured in the frame before
     */
    public void predict(double[] state, boolean isOutOfSight) {
        if (isOutOfSight && model.holdsThird()) {
            state[THIRD + VELOCITY] = 0;
        }
        if (isOutOfSight && model.holdsFourth()) {
            state[FOURTH + VELOCITY] = 0;
        }
        keepAboveZero(state, THIRD);
        keepAboveZero(state, FOURTH);
        double width = width(state);
        double height = height(state);
        predict(state, CENTER_X, model.centerXNoise(), width, height);
        predict(state, CENTER_Y, model.centerYNoise(), width, height);
        predict(state, THIRD, model.thirdNoise(), width, height);
        predict(state, FOURTH, model.fourthNoise(), width, height);
    }

    /**
     * Takes in a measured box; its numbers are as in {@link #begin(double[], double, double,
     * double, double)}.
     */
    public void correct(double[] state, double left, double top, double width, double height) {
        double knownWidth = width(state);
        double knownHeight = height(state);
        correct(state, CENTER_X, left + width / 2, model.centerXNoise(), knownWidth, knownHeight);
        correct(state, CENTER_Y, top + height / 2, model.centerYNoise(), knownWidth, knownHeight);
        correct(
                state,
                THIRD,
                model.third(width, height),
                model.thirdNoise(),
                knownWidth,
                knownHeight);
        correct(
                state,
                FOURTH,
                model.fourth(width, height),
                model.fourthNoise(),
                knownWidth,
                knownHeight);
    }

    /**
     * Carries the state over to a frame of another size.
     *
     * @param horizontal new width of the frame by old one, above 0
     * @param vertical new height of the frame by old one, above 0
     */
    public void rescale(double[] state, double horizontal, double vertical) {
        rescale(state, CENTER_X, horizontal);
        rescale(state, CENTER_Y, vertical);
        rescale(state, THIRD, model.thirdFactor(horizontal, vertical));
        rescale(state, FOURTH, model.fourthFactor(horizontal, vertical));
    }

    /** Left edge in pixels. */
    public double left(double[] state) {
        return state[CENTER_X] - width(state) / 2;
    }

    /** Upper edge in pixels. */
    public double top(double[] state) {
        return state[CENTER_Y] - height(state) / 2;
    }

    /** Width in pixels. After predictions without a measurement it may be 0 or below. */
    public double width(double[] state) {
        return model.width(state[THIRD], state[FOURTH]);
    }

    /** Height in pixels. After predictions without a measurement it may be 0 or below. */
    public double height(double[] state) {
        return model.height(state[THIRD], state[FOURTH]);
    }

    private static double scale(ComponentNoise noise, double width, double height) {
        return switch (noise.scale()) {
            case ONE -> 1;
            case WIDTH -> Math.max(Math.abs(width), SMALLEST_SIDE);
            case HEIGHT -> Math.max(Math.abs(height), SMALLEST_SIDE);
        };
    }

    private static double square(double value) {
        return value * value;
    }

    private static void begin(
            double[] state,
            int at,
            double value,
            ComponentNoise noise,
            double width,
            double height) {
        double scale = scale(noise, width, height);
        state[at] = value;
        state[at + VELOCITY] = 0;
        state[at + VALUE_VARIANCE] = square(noise.first() * scale);
        state[at + COVARIANCE] = 0;
        state[at + VELOCITY_VARIANCE] = square(noise.firstVelocity() * scale);
    }

    /** A size that would vanish in the next frame stays as it is. */
    private static void keepAboveZero(double[] state, int at) {
        if (state[at] + state[at + VELOCITY] <= 0) {
            state[at + VELOCITY] = 0;
        }
    }

    private static void predict(
            double[] state, int at, ComponentNoise noise, double width, double height) {
        double scale = scale(noise, width, height);
        double covariance = state[at + COVARIANCE];
        double velocityVariance = state[at + VELOCITY_VARIANCE];
        state[at] += state[at + VELOCITY];
        state[at + VALUE_VARIANCE] +=
                2 * covariance + velocityVariance + square(noise.process() * scale);
        state[at + COVARIANCE] = covariance + velocityVariance;
        state[at + VELOCITY_VARIANCE] = velocityVariance + square(noise.processVelocity() * scale);
    }

    private static void correct(
            double[] state,
            int at,
            double measured,
            ComponentNoise noise,
            double width,
            double height) {
        double variance = state[at + VALUE_VARIANCE];
        double covariance = state[at + COVARIANCE];
        double measurement = square(noise.measurement() * scale(noise, width, height));
        double total = variance + measurement;
        double surprise = measured - state[at];
        state[at] += variance / total * surprise;
        state[at + VELOCITY] += covariance / total * surprise;
        double kept = measurement / total;
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

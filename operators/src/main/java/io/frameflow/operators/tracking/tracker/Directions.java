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
 * How well the ways from a place to the detections of a frame agree with a direction. All of a
 * frame are worked out at once, in a loop without branches: a tracker that asks for this asks for
 * every pair, and taken one by one through {@link Math#acos} it was nine tenths of its time. Memory
 * is kept between frames. Not thread-safe.
 */
final class Directions {
    /**
     * Added to a length, so that nothing is divided by 0 where there is no way or no direction. It
     * changes no other length: those between numbers that once were floats are far larger.
     */
    private static final double LEAST_LENGTH = Double.MIN_NORMAL;

    private int count;
    private double[] centerXs = {};
    private double[] centerYs = {};
    private double[] consistencies = {};

    /** Takes the detections of a frame. */
    void begin(Observations frame) {
        count = frame.count();
        if (centerXs.length < count) {
            int capacity = Math.max(count, 2 * centerXs.length);
            centerXs = new double[capacity];
            centerYs = new double[capacity];
            consistencies = new double[capacity];
        }
        for (int i = 0; i < count; i++) {
            centerXs[i] = frame.left(i) + frame.width(i) / 2.0;
            centerYs[i] = frame.top(i) + frame.height(i) / 2.0;
        }
    }

    /**
     * Compares the ways from a place to the centres of all detections with a direction.
     *
     * @param fromX place in pixels, as is {@code fromY}
     * @param directionX part of a vector of any length, as is {@code directionY}; zeros if the
     *     direction is unknown
     */
    void compare(double fromX, double fromY, double directionX, double directionY) {
        for (int i = 0; i < count; i++) {
            double x = centerXs[i] - fromX;
            double y = centerYs[i] - fromY;
            double along = directionX * x + directionY * y;
            double across = Math.abs(directionX * y - directionY * x);
            double length = Math.sqrt(along * along + across * across);
            // What is left of a right angle between direction and way, halved: never beyond 45
            // degrees, where a polynomial gives its arc tangent.
            double tangent = along / (length + across + LEAST_LENGTH);
            consistencies[i] = 2 / Math.PI * arcTangent(tangent);
        }
    }

    /**
     * Of the latest comparison, the angle between the way to a detection and the direction: 1/2
     * straight on, 0 to the side, -1/2 straight back; 0 where either is unknown.
     */
    double consistency(int detection) {
        return consistencies[detection];
    }

    /**
     * Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.4.49: for -1 to 1, with an
     * error of at most 2e-8, far less than what the rounding of boxes to floats does to an angle.
     */
    static double arcTangent(double x) {
        double square = x * x;
        double sum = 0.0028662257;
        sum = sum * square - 0.0161657367;
        sum = sum * square + 0.0429096138;
        sum = sum * square - 0.0752896400;
        sum = sum * square + 0.1065626393;
        sum = sum * square - 0.1420889944;
        sum = sum * square + 0.1999355085;
        sum = sum * square - 0.3333314528;
        return (sum * square + 1) * x;
    }
}

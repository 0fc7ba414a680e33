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
 * What a {@link BoxKalmanFilter} knows of boxes: by which four numbers it describes one, and how
 * much each may move and may be measured wrongly. The first two are always the centre; position
 * changes with constant velocity, and so do the sizes unless said otherwise.
 */
@SuppressWarnings("ImmutableEnumChecker") // Records of numbers are immutable.
public enum BoxModel {
    /**
     * Area and aspect ratio (width by height), the ratio constant: Bewley et al., "Simple Online
     * and Realtime Tracking" (ICIP 2016), with the noise of its authors' program, in pixels.
     */
    AREA_AND_ASPECT(
            false,
            false,
            new ComponentNoise(Scale.ONE, Math.sqrt(10), 100, 1, 0.1, 1),
            new ComponentNoise(Scale.ONE, Math.sqrt(10), 100, 1, 0.1, 1),
            new ComponentNoise(Scale.ONE, Math.sqrt(10), 100, 1, 0.01, Math.sqrt(10)),
            new ComponentNoise(Scale.ONE, Math.sqrt(10), 0, 1, 0, Math.sqrt(10))) {
        @Override
        double third(double width, double height) {
            return width * height;
        }

        @Override
        double fourth(double width, double height) {
            return width / height;
        }

        @Override
        double width(double area, double aspect) {
            return area > 0 && aspect > 0 ? Math.sqrt(area * aspect) : 0;
        }

        @Override
        double height(double area, double aspect) {
            return area > 0 && aspect > 0 ? Math.sqrt(area / aspect) : 0;
        }

        @Override
        double thirdFactor(double horizontal, double vertical) {
            return horizontal * vertical;
        }

        @Override
        double fourthFactor(double horizontal, double vertical) {
            return horizontal / vertical;
        }
    },

    /**
     * Aspect ratio (width by height) and height: Wojke, Bewley and Paulus, "Simple Online and
     * Realtime Tracking with a Deep Association Metric" (2017), as ByteTrack (Zhang et al., 2022)
     * uses it. Noise is in proportion to the height of the box, so that an object near the camera
     * may move by more pixels than one far away. Out of sight the height stays.
     */
    ASPECT_AND_HEIGHT(
            false,
            true,
            ComponentNoise.inProportionTo(Scale.HEIGHT),
            ComponentNoise.inProportionTo(Scale.HEIGHT),
            new ComponentNoise(Scale.ONE, 1e-2, 1e-5, 1e-2, 1e-5, 1e-1),
            ComponentNoise.inProportionTo(Scale.HEIGHT)) {
        @Override
        double third(double width, double height) {
            return width / height;
        }

        @Override
        double fourth(double width, double height) {
            return height;
        }

        @Override
        double width(double aspect, double height) {
            return aspect * height;
        }

        @Override
        double height(double aspect, double height) {
            return height;
        }

        @Override
        double thirdFactor(double horizontal, double vertical) {
            return horizontal / vertical;
        }

        @Override
        double fourthFactor(double horizontal, double vertical) {
            return vertical;
        }
    },

    /**
     * Width and height: Aharon, Orfaig and Bobrovsky, "BoT-SORT: Robust Associations
     * Multi-Pedestrian Tracking" (2022). Noise is in proportion to the side that it moves along.
     * Out of sight both sizes stay.
     */
    WIDTH_AND_HEIGHT(
            true,
            true,
            ComponentNoise.inProportionTo(Scale.WIDTH),
            ComponentNoise.inProportionTo(Scale.HEIGHT),
            ComponentNoise.inProportionTo(Scale.WIDTH),
            ComponentNoise.inProportionTo(Scale.HEIGHT)) {
        @Override
        double third(double width, double height) {
            return width;
        }

        @Override
        double fourth(double width, double height) {
            return height;
        }

        @Override
        double width(double width, double height) {
            return width;
        }

        @Override
        double height(double width, double height) {
            return height;
        }

        @Override
        double thirdFactor(double horizontal, double vertical) {
            return horizontal;
        }

        @Override
        double fourthFactor(double horizontal, double vertical) {
            return vertical;
        }
    };

    /** What the noise of a component is in proportion to. */
    enum Scale {
        ONE,
        WIDTH,
        HEIGHT
    }

    /**
     * Standard deviations of one of the four numbers, in parts of its scale.
     *
     * @param scale what they are parts of
     * @param first of the value after its first measurement
     * @param firstVelocity of its change in a frame, then
     * @param process that a frame adds to the value
     * @param processVelocity that a frame adds to its change
     * @param measurement of a measurement
     */
    record ComponentNoise(
            Scale scale,
            double first,
            double firstVelocity,
            double process,
            double processVelocity,
            double measurement) {
        /** Part of a side by which a position may be off. */
        private static final double POSITION = 1.0 / 20;

        /** Part of a side by which a velocity may change in a frame. */
        private static final double VELOCITY = 1.0 / 160;

        static ComponentNoise inProportionTo(Scale scale) {
            return new ComponentNoise(
                    scale, 2 * POSITION, 10 * VELOCITY, POSITION, VELOCITY, POSITION);
        }
    }

    private final boolean holdsThird;
    private final boolean holdsFourth;
    private final ComponentNoise centerX;
    private final ComponentNoise centerY;
    private final ComponentNoise third;
    private final ComponentNoise fourth;

    BoxModel(
            boolean holdsThird,
            boolean holdsFourth,
            ComponentNoise centerX,
            ComponentNoise centerY,
            ComponentNoise third,
            ComponentNoise fourth) {
        this.holdsThird = holdsThird;
        this.holdsFourth = holdsFourth;
        this.centerX = centerX;
        this.centerY = centerY;
        this.third = third;
        this.fourth = fourth;
    }

    /** Whether the third number of an object out of sight stays as it was. */
    boolean holdsThird() {
        return holdsThird;
    }

    /** Whether the fourth number of an object out of sight stays as it was. */
    boolean holdsFourth() {
        return holdsFourth;
    }

    ComponentNoise centerXNoise() {
        return centerX;
    }

    ComponentNoise centerYNoise() {
        return centerY;
    }

    ComponentNoise thirdNoise() {
        return third;
    }

    ComponentNoise fourthNoise() {
        return fourth;
    }

    /** The third number of a box. */
    abstract double third(double width, double height);

    abstract double fourth(double width, double height);

    abstract double width(double third, double fourth);

    abstract double height(double third, double fourth);

    /** By what the third number changes when frames come in another size. */
    abstract double thirdFactor(double horizontal, double vertical);

    abstract double fourthFactor(double horizontal, double vertical);
}

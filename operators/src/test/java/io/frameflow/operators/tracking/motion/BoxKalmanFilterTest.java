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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoxKalmanFilterTest {

    /** A frame of a track: a measured box, or none. */
    record Step(double left, double top, double width, double height, boolean isMeasured) {}

    @ParameterizedTest
    @EnumSource(BoxModel.class)
    void beginsAtTheBoxAndAtRest(BoxModel model) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double[] state = begin(filter, 10, 20, 30, 60);

        assertBox(filter, state, 10, 20, 30, 60);
        filter.predict(state, false);
        assertBox(filter, state, 10, 20, 30, 60);
    }

    @ParameterizedTest
    @EnumSource(BoxModel.class)
    void learnsAConstantVelocity(BoxModel model) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double[] state = begin(filter, 0, 0, 40, 80);
        for (int frame = 1; frame <= 60; frame++) {
            filter.predict(state, false);
            filter.correct(state, 3 * frame, -2 * frame, 40, 80);
        }

        for (int frame = 61; frame <= 65; frame++) {
            filter.predict(state, false);
        }

        assertThat(filter.left(state)).isCloseTo(3 * 65, within(0.5));
        assertThat(filter.top(state)).isCloseTo(-2 * 65, within(0.5));
    }

    @ParameterizedTest
    @EnumSource(
            value = BoxModel.class,
            names = {"ASPECT_AND_HEIGHT", "WIDTH_AND_HEIGHT"})
    void outOfSightTheHeightStays(BoxModel model) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double[] state = shrunk(filter);
        double height = filter.height(state);

        for (int frame = 0; frame < 100; frame++) {
            filter.predict(state, true);
        }

        assertThat(filter.height(state)).isEqualTo(height);
    }

    @ParameterizedTest
    @EnumSource(BoxModel.class)
    void aSizeNeverVanishes(BoxModel model) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double[] state = shrunk(filter);

        for (int frame = 0; frame < 1000; frame++) {
            filter.predict(state, false);
            assertThat(filter.width(state)).isPositive();
            assertThat(filter.height(state)).isPositive();
        }
    }

    private static double[] shrunk(BoxKalmanFilter filter) {
        double[] state = begin(filter, 0, 0, 40, 80);
        for (int frame = 1; frame <= 20; frame++) {
            filter.predict(state, false);
            filter.correct(state, 0, 0, 40 - frame, 80 - 2 * frame);
        }
        return state;
    }

    /**
     * The judge subtracts what a measurement tells from a covariance, and so keeps the fraction
     * 2e-16 of the larger where the smaller is asked for: their quotient is the square of that of
     * the sizes. From 1 to 2000 pixels it loses 1e-9 in a step, a thousandth of the tolerance; from
     * a hundredth of a pixel it would lose more than that.
     */
    @Property(tries = 300)
    void equalsTheFilterOfEightNumbers(
            @ForAll BoxModel model, @ForAll("tracksOfPixels") List<Step> steps) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        Step first = steps.get(0);
        double[] state = begin(filter, first.left, first.top, first.width, first.height);
        DenseKalmanFilter dense =
                new DenseKalmanFilter(model, first.left, first.top, first.width, first.height);

        for (Step step : steps.subList(1, steps.size())) {
            filter.predict(state, false);
            dense.predict();
            if (step.isMeasured) {
                filter.correct(state, step.left, step.top, step.width, step.height);
                dense.correct(step.left, step.top, step.width, step.height);
            }
            for (int component = 0; component < 4; component++) {
                assertComponent(state, dense, component);
            }
        }
    }

    @Property(tries = 300)
    void theCovarianceStaysPositiveDefinite(
            @ForAll BoxModel model, @ForAll("tracks") List<Step> steps) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        Step first = steps.get(0);
        double[] state = begin(filter, first.left, first.top, first.width, first.height);

        for (int round = 0; round < 5; round++) {
            for (Step step : steps) {
                filter.predict(state, false);
                if (step.isMeasured) {
                    filter.correct(state, step.left, step.top, step.width, step.height);
                }
                assertPositiveDefinite(state, model == BoxModel.AREA_AND_ASPECT ? 3 : 4);
            }
        }
    }

    /** Noise in pixels, as SORT has it, does not become smaller with the frame. */
    @Property(tries = 200)
    void trackingInASmallerFrameIsTrackingAndThenMakingSmaller(
            @ForAll("scaledModels") BoxModel model, @ForAll("tracks") List<Step> steps) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double factor = 2.0 / 3;
        Step first = steps.get(0);
        double[] whole = begin(filter, first.left, first.top, first.width, first.height);
        double[] part =
                begin(
                        filter,
                        factor * first.left,
                        factor * first.top,
                        factor * first.width,
                        factor * first.height);
        for (Step step : steps) {
            filter.predict(whole, false);
            filter.predict(part, false);
            if (step.isMeasured) {
                filter.correct(whole, step.left, step.top, step.width, step.height);
                filter.correct(
                        part,
                        factor * step.left,
                        factor * step.top,
                        factor * step.width,
                        factor * step.height);
            }
        }

        filter.rescale(whole, factor, factor);

        for (int i = 0; i < whole.length; i++) {
            assertThat(whole[i]).isCloseTo(part[i], within(1e-6 * (1 + Math.abs(part[i]))));
        }
    }

    @ParameterizedTest
    @EnumSource(BoxModel.class)
    void aBoxIsCarriedOverToAnotherSizeOfFrame(BoxModel model) {
        BoxKalmanFilter filter = new BoxKalmanFilter(model);
        double[] state = begin(filter, 10, 20, 30, 60);

        filter.rescale(state, 2, 3);

        assertBox(filter, state, 20, 60, 60, 180);
    }

    @Provide
    Arbitrary<BoxModel> scaledModels() {
        return Arbitraries.of(BoxModel.ASPECT_AND_HEIGHT, BoxModel.WIDTH_AND_HEIGHT);
    }

    @Provide
    Arbitrary<List<Step>> tracks() {
        return tracks(0.01);
    }

    @Provide
    Arbitrary<List<Step>> tracksOfPixels() {
        return tracks(1);
    }

    private static Arbitrary<List<Step>> tracks(double leastSize) {
        Arbitrary<Double> position = Arbitraries.doubles().between(-2000, 4000);
        Arbitrary<Double> size = Arbitraries.doubles().between(leastSize, 2000);
        Arbitrary<Boolean> isMeasured =
                Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false));
        return Combinators.combine(position, position, size, size, isMeasured)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static double[] begin(
            BoxKalmanFilter filter, double left, double top, double width, double height) {
        double[] state = new double[BoxKalmanFilter.STATE_SIZE];
        filter.begin(state, left, top, width, height);
        return state;
    }

    private static void assertBox(
            BoxKalmanFilter filter,
            double[] state,
            double left,
            double top,
            double width,
            double height) {
        assertThat(filter.left(state)).isCloseTo(left, within(1e-9));
        assertThat(filter.top(state)).isCloseTo(top, within(1e-9));
        assertThat(filter.width(state)).isCloseTo(width, within(1e-9));
        assertThat(filter.height(state)).isCloseTo(height, within(1e-9));
    }

    private static void assertComponent(double[] state, DenseKalmanFilter dense, int component) {
        int at = 5 * component;
        assertClose(state[at], dense.mean(component));
        assertClose(state[at + 1], dense.mean(component + 4));
        assertClose(state[at + 2], dense.covariance(component, component));
        assertClose(state[at + 3], dense.covariance(component, component + 4));
        assertClose(state[at + 4], dense.covariance(component + 4, component + 4));
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }

    /** SORT's aspect ratio, the fourth number, has no velocity that could vary. */
    private static void assertPositiveDefinite(double[] state, int moving) {
        for (int at = 0; at < 5 * moving; at += 5) {
            assertThat(state[at + 2]).isPositive();
            assertThat(state[at + 4]).isPositive();
            assertThat(state[at + 2] * state[at + 4]).isGreaterThan(state[at + 3] * state[at + 3]);
        }
    }
}

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
import org.junit.jupiter.api.Test;

class BoxKalmanFilterTest {

    /** A frame of a track: a measured box, or none. */
    record Step(double left, double top, double width, double height, boolean isMeasured) {}

    @Test
    void beginsAtTheBoxAndAtRest() {
        double[] state = begin(10, 20, 30, 60);

        assertBox(state, 10, 20, 30, 60);
        BoxKalmanFilter.predict(state);
        assertBox(state, 10, 20, 30, 60);
    }

    @Test
    void learnsAConstantVelocity() {
        double[] state = begin(0, 0, 40, 80);
        for (int frame = 1; frame <= 60; frame++) {
            BoxKalmanFilter.predict(state);
            BoxKalmanFilter.correct(state, 3 * frame, -2 * frame, 40, 80);
        }

        for (int frame = 61; frame <= 65; frame++) {
            BoxKalmanFilter.predict(state);
        }

        assertThat(BoxKalmanFilter.left(state)).isCloseTo(3 * 65, within(0.5));
        assertThat(BoxKalmanFilter.top(state)).isCloseTo(-2 * 65, within(0.5));
    }

    @Test
    void aHeldHeightDoesNotChangeWithTime() {
        double[] state = begin(0, 0, 40, 80);
        for (int frame = 1; frame <= 20; frame++) {
            BoxKalmanFilter.predict(state);
            BoxKalmanFilter.correct(state, 0, 0, 40 - frame, 80 - 2 * frame);
        }
        double height = BoxKalmanFilter.height(state);

        BoxKalmanFilter.holdHeight(state);
        for (int frame = 0; frame < 100; frame++) {
            BoxKalmanFilter.predict(state);
        }

        assertThat(BoxKalmanFilter.height(state)).isEqualTo(height);
    }

    @Property(tries = 200)
    void equalsTheFilterOfEightNumbers(@ForAll("tracks") List<Step> steps) {
        Step first = steps.get(0);
        double[] state = begin(first.left, first.top, first.width, first.height);
        DenseKalmanFilter dense =
                new DenseKalmanFilter(first.left, first.top, first.width, first.height);

        for (Step step : steps.subList(1, steps.size())) {
            BoxKalmanFilter.predict(state);
            dense.predict();
            if (step.isMeasured) {
                BoxKalmanFilter.correct(state, step.left, step.top, step.width, step.height);
                dense.correct(step.left, step.top, step.width, step.height);
            }
            for (int component = 0; component < 4; component++) {
                assertComponent(state, dense, component);
            }
        }
    }

    @Property(tries = 200)
    void theCovarianceStaysPositiveDefinite(@ForAll("tracks") List<Step> steps) {
        Step first = steps.get(0);
        double[] state = begin(first.left, first.top, first.width, first.height);

        for (int round = 0; round < 5; round++) {
            for (Step step : steps) {
                BoxKalmanFilter.predict(state);
                if (step.isMeasured) {
                    BoxKalmanFilter.correct(state, step.left, step.top, step.width, step.height);
                }
                assertPositiveDefinite(state);
            }
        }
    }

    @Property(tries = 200)
    void trackingInASmallerFrameIsTrackingAndThenMakingSmaller(@ForAll("tracks") List<Step> steps) {
        double factor = 2.0 / 3;
        Step first = steps.get(0);
        double[] whole = begin(first.left, first.top, first.width, first.height);
        double[] part =
                begin(
                        factor * first.left,
                        factor * first.top,
                        factor * first.width,
                        factor * first.height);
        for (Step step : steps) {
            BoxKalmanFilter.predict(whole);
            BoxKalmanFilter.predict(part);
            if (step.isMeasured) {
                BoxKalmanFilter.correct(whole, step.left, step.top, step.width, step.height);
                BoxKalmanFilter.correct(
                        part,
                        factor * step.left,
                        factor * step.top,
                        factor * step.width,
                        factor * step.height);
            }
        }

        BoxKalmanFilter.rescale(whole, factor, factor);

        for (int i = 0; i < whole.length; i++) {
            assertThat(whole[i]).isCloseTo(part[i], within(1e-6 * (1 + Math.abs(part[i]))));
        }
    }

    @Provide
    Arbitrary<List<Step>> tracks() {
        Arbitrary<Double> position = Arbitraries.doubles().between(-2000, 4000);
        Arbitrary<Double> size = Arbitraries.doubles().between(0.01, 2000);
        Arbitrary<Boolean> isMeasured =
                Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false));
        return Combinators.combine(position, position, size, size, isMeasured)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static double[] begin(double left, double top, double width, double height) {
        double[] state = new double[BoxKalmanFilter.STATE_SIZE];
        BoxKalmanFilter.begin(state, left, top, width, height);
        return state;
    }

    private static void assertBox(
            double[] state, double left, double top, double width, double height) {
        assertThat(BoxKalmanFilter.left(state)).isCloseTo(left, within(1e-9));
        assertThat(BoxKalmanFilter.top(state)).isCloseTo(top, within(1e-9));
        assertThat(BoxKalmanFilter.width(state)).isCloseTo(width, within(1e-9));
        assertThat(BoxKalmanFilter.height(state)).isCloseTo(height, within(1e-9));
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

    private static void assertPositiveDefinite(double[] state) {
        for (int at = 0; at < state.length; at += 5) {
            assertThat(state[at + 2]).isPositive();
            assertThat(state[at + 4]).isPositive();
            assertThat(state[at + 2] * state[at + 4]).isGreaterThan(state[at + 3] * state[at + 3]);
        }
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DirectionsTest {
    /** What Abramowitz and Stegun promise. */
    private static final double POLYNOMIAL_ERROR = 2e-8;

    /** Of an angle that is twice an arc tangent, in half turns, with room for rounding. */
    private static final double ERROR = 2 * POLYNOMIAL_ERROR / Math.PI + 1e-13;

    private final Directions directions = new Directions();

    @Test
    void straightOnToTheSideAndStraightBack() {
        begin(200, 100, 100, 150, 0, 100);

        directions.compare(100, 100, 1, 0);

        assertThat(directions.consistency(0)).isCloseTo(0.5, within(ERROR));
        assertThat(directions.consistency(1)).isZero();
        assertThat(directions.consistency(2)).isCloseTo(-0.5, within(ERROR));
    }

    @Test
    void whoStandsStillOrHasNoDirectionIsConsistentWithNothing() {
        begin(100, 100, 300, 20);

        directions.compare(100, 100, 0.6, 0.8);
        assertThat(directions.consistency(0)).isZero();

        directions.compare(100, 100, 0, 0);
        assertThat(directions.consistency(1)).isZero();
    }

    @Test
    void aFrameWithMoreDetectionsFollowsOneWithFewer() {
        begin(1, 1);
        begin(10, 0, 0, 10, -10, 0, 0, -10);

        directions.compare(0, 0, 0, 2);

        assertThat(directions.consistency(1)).isCloseTo(0.5, within(ERROR));
        assertThat(directions.consistency(3)).isCloseTo(-0.5, within(ERROR));
    }

    @Property(tries = 2000)
    void itIsTheAngleThatIsLeftOfARightOne(
            @ForAll @IntRange(min = -10_000, max = 10_000) int x,
            @ForAll @IntRange(min = -10_000, max = 10_000) int y,
            @ForAll @IntRange(min = -80_000, max = 80_000) int eighthsX,
            @ForAll @IntRange(min = -80_000, max = 80_000) int eighthsY,
            @ForAll @IntRange(max = 359) int degrees) {
        begin(x, y);
        double fromX = eighthsX / 8.0;
        double fromY = eighthsY / 8.0;
        double directionX = Math.cos(Math.toRadians(degrees));
        double directionY = Math.sin(Math.toRadians(degrees));

        directions.compare(fromX, fromY, directionX, directionY);

        double along = directionX * (x - fromX) + directionY * (y - fromY);
        double across = directionX * (y - fromY) - directionY * (x - fromX);
        assertThat(directions.consistency(0))
                .isCloseTo(Math.atan2(along, Math.abs(across)) / Math.PI, within(ERROR));
    }

    @Test
    void theArcTangentIsAsExactAsItsSourceSays() {
        int steps = 100_000;
        for (int i = -steps; i <= steps; i++) {
            double x = (double) i / steps;
            assertThat(Directions.arcTangent(x)).isCloseTo(Math.atan(x), within(POLYNOMIAL_ERROR));
        }
    }

    /** Takes a frame with detections at places. */
    private void begin(float... places) {
        Observations frame = new Observations();
        frame.begin(0);
        for (int i = 0; i < places.length; i += 2) {
            float width = 2;
            float height = 4;
            frame.add(
                    places[i] - width / 2, places[i + 1] - height / 2, width, height, 1, 0, "car");
        }
        directions.begin(frame);
    }
}

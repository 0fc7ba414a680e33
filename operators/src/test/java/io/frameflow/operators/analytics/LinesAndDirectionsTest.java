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
package io.frameflow.operators.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are crossed and directions that are taken. */
class LinesAndDirectionsTest extends AnalyticsScene {
    @Test
    void aLineCountsInItsDirectionOnly() {
        rules(
                new Rules()
                        .line("in", DirectionMode.BALANCED, false, GATE)
                        .line(
                                "out",
                                DirectionMode.BALANCED,
                                false,
                                600,
                                500,
                                400,
                                500,
                                500,
                                100,
                                500,
                                900));

        frame(new At(1, 450, 500));
        frame(new At(1, 550, 500));
        frame(new At(1, 450, 500));
        frame(new At(1, 550, 500));

        assertThat(told)
                .containsExactly(
                        "LINE_CROSSED in 1 total 1",
                        "LINE_CROSSED out 1 total 1",
                        "LINE_CROSSED in 1 total 2");
    }

    @Test
    void aFastMoverAndOneThatWasNotSeenForAWhileCrossALine() {
        rules(new Rules().line("in", DirectionMode.STRICT, false, GATE));

        frame(new At(1, 10, 500), new At(2, 450, 300));
        frame(new At(1, 990, 520));
        frame();
        frame(new At(2, 600, 310));

        assertThat(told).containsExactly("LINE_CROSSED in 1 total 1", "LINE_CROSSED in 2 total 2");
    }

    @ParameterizedTest
    @CsvSource({
        "0, LOOSE, true",
        "0, BALANCED, true",
        "0, STRICT, true",
        "29, STRICT, true",
        "31, STRICT, false",
        "59, BALANCED, true",
        "61, BALANCED, false",
        "89, LOOSE, true",
        "-61, BALANCED, false",
        "-59, BALANCED, true"
    })
    void aModeSaysHowExactlyTheDirectionIsFollowed(
            double degrees, DirectionMode mode, boolean expected) {
        rules(new Rules().line("in", mode, false, GATE).direction("right", mode, 0, 500, 900, 500));
        double x = 400 * Math.cos(Math.toRadians(degrees));
        double y = 400 * Math.sin(Math.toRadians(degrees));

        frame(new At(1, 500 - x / 2, 500 - y / 2));
        frame(new At(1, 500 + x / 2, 500 + y / 2));

        assertThat(state.crossings(0)).isEqualTo(expected ? 1 : 0);
        assertThat(state.directionChanges(0)).isEqualTo(expected ? 1 : 0);
    }

    @Test
    void anExtendedLineIsCrossedBeyondItsEnds() {
        rules(
                new Rules()
                        .line(
                                "far",
                                DirectionMode.LOOSE,
                                true,
                                400,
                                500,
                                600,
                                500,
                                500,
                                450,
                                500,
                                550)
                        .line(
                                "near",
                                DirectionMode.LOOSE,
                                false,
                                400,
                                500,
                                600,
                                500,
                                500,
                                450,
                                500,
                                550));

        frame(new At(1, 450, 50));
        frame(new At(1, 550, 50));

        assertThat(told).containsExactly("LINE_CROSSED far 1 total 1");
    }

    @Test
    void theDirectionOfAnObjectIsToldWhenItChanges() {
        rules(
                new Rules()
                        .direction("right", DirectionMode.BALANCED, 0, 500, 900, 500)
                        .direction("down", DirectionMode.BALANCED, 500, 0, 500, 900));

        for (int x = 100; x <= 300; x += 10) {
            frame(new At(1, x, 100));
        }
        for (int y = 110; y <= 300; y += 10) {
            frame(new At(1, 300, y));
        }
        for (int x = 290; x >= 100; x -= 10) {
            frame(new At(1, x, 300));
        }
        for (int x = 110; x <= 300; x += 10) {
            frame(new At(1, x, 300));
        }

        assertThat(told)
                .containsExactly(
                        "DIRECTION_CHANGED right 1 total 1",
                        "DIRECTION_CHANGED down 1 total 1",
                        "DIRECTION_CHANGED right 1 total 2");
    }

    @Test
    void anObjectThatOnlyTremblesHasNoDirection() {
        rules(new Rules().direction("right", DirectionMode.LOOSE, 0, 500, 900, 500));

        for (int i = 0; i < 100; i++) {
            frame(new At(1, 500 + i % 5, 500 + i % 3));
        }

        assertThat(told).isEmpty();
    }
}

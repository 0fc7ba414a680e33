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

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CameraAnalyticsTest extends AnalyticsScene {
    @Test
    void objectsEnterAndLeaveAZone() {
        rules(new Rules().zone("door", SQUARE));

        frame(new At(1, 300, 500));
        frame(new At(1, 500, 500), new At(2, 550, 550));
        frame(new At(1, 590, 500), new At(2, 550, 550));
        frame(new At(1, 700, 500), new At(2, 550, 550));

        assertThat(told)
                .containsExactly(
                        "ZONE_ENTERED door 1 total 1 holds 1",
                        "ZONE_ENTERED door 2 total 2 holds 2",
                        "ZONE_EXITED door 1 total 1 holds 1 after 80000");
        assertThat(state.entries(0)).isEqualTo(2);
        assertThat(state.exits(0)).isEqualTo(1);
        assertThat(state.occupancy(0)).isEqualTo(1);
        assertThat(state.dwellMicros(0)).isEqualTo(80_000);
    }

    @Test
    void thePointOfAnObjectIsTheMiddleOfItsLowerEdge() {
        rules(new Rules().zone("door", SQUARE));

        begin();
        analytics.observe(state, 1, 0, 450, 300, 100, 99, this::tell);
        assertThat(told).as("399 lies above").isEmpty();
        analytics.observe(state, 1, 0, 450, 300, 100, 100, this::tell);
        assertThat(told).as("400 lies on the edge").hasSize(1);
        analytics.observe(state, 2, 0, 550, 300, 101, 200, this::tell);
        assertThat(told).as("600.5 lies to the right").hasSize(1);
    }

    @Test
    void aTrackThatEndsLeavesItsZonesWhenItWasLastSeen() {
        rules(new Rules().zone("door", SQUARE).zone("picture", 0, 0, 1000, 0, 1000, 1000, 0, 1000));
        frame(new At(1, 500, 500));
        frame(new At(1, 500, 500));
        frame();
        frame();
        told.clear();

        analytics.ended(state, 1, this::tell);
        analytics.ended(state, 2, this::tell);

        assertThat(told)
                .containsExactly(
                        "ZONE_EXITED door 1 total 1 holds 0 after 40000",
                        "ZONE_EXITED picture 1 total 1 holds 0 after 40000");
        assertThat(state.objects).isEmpty();
    }

    @Test
    void anInverseZoneIsWhatLiesOutside() {
        rules(new Rules().zone("away", true, ClassFilter.ALL, SQUARE));

        frame(new At(1, 100, 100), new At(2, 500, 500));

        assertThat(told).containsExactly("ZONE_ENTERED away 1 total 1 holds 1");
    }

    @Test
    void rulesAreAboutTheirClasses() {
        rules(
                new Rules()
                        .zone("cars", false, Rules.classes(2, 7), SQUARE)
                        .line("cars", DirectionMode.LOOSE, false, Rules.classes(2, 7), GATE));

        frame(new At(1, 450, 500, 0), new At(2, 450, 500, 2), new At(7, 450, 500, 7));
        frame(new At(1, 550, 500, 0), new At(2, 550, 500, 2), new At(7, 550, 500, 7));

        assertThat(told)
                .containsExactly(
                        "ZONE_ENTERED cars 2 total 1 holds 1",
                        "ZONE_ENTERED cars 7 total 2 holds 2",
                        "LINE_CROSSED cars 2 total 1",
                        "LINE_CROSSED cars 7 total 2");
    }

    @Test
    void aZoneIsOvercrowdedOnceTooManyWereThereForLongEnough() {
        rules(new Rules().overcrowding("queue", 2, 80, SQUARE));

        frame(new At(1, 500, 500), new At(2, 500, 510));
        frame(new At(1, 500, 500), new At(2, 500, 510));
        assertThat(told).as("after 40 ms").isEmpty();
        frame(new At(1, 500, 500), new At(2, 500, 510), new At(3, 520, 510));
        frame(new At(1, 500, 500), new At(2, 500, 510), new At(3, 520, 510));
        frame(new At(1, 500, 500), new At(2, 100, 510), new At(3, 100, 510));

        assertThat(told)
                .containsExactly(
                        "OVERCROWDING_BEGAN queue 0 total 1 holds 3",
                        "OVERCROWDING_ENDED queue 0 total 1 holds 1 after 160000");
    }

    @Test
    void aZoneThatEmptiesInBetweenIsNotOvercrowded() {
        rules(new Rules().overcrowding("queue", 2, 80, SQUARE));

        for (int i = 0; i < 20; i++) {
            frame(new At(1, 500, 500), new At(2, i % 2 == 0 ? 500 : 100, 510));
        }

        assertThat(told).isEmpty();
        assertThat(state.overcrowdings(0)).isZero();
    }

    @Test
    void anObjectThatIsNotSeenForAWhileStaysInItsZone() {
        rules(new Rules().zone("door", SQUARE).overcrowding("queue", 1, 0, SQUARE));

        frame(new At(1, 500, 500));
        frame();
        frame(new At(1, 500, 500));

        assertThat(told)
                .containsExactly(
                        "ZONE_ENTERED door 1 total 1 holds 1",
                        "OVERCROWDING_BEGAN queue 0 total 1 holds 1");
        assertThat(state.crowd(0)).isEqualTo(1);
    }

    @Test
    void timeThatRunsBackwardsCountsAsNone() {
        rules(new Rules().zone("door", SQUARE));

        frame(new At(1, 500, 500));
        now -= 10_000_000;
        frame(new At(1, 500, 500));
        frame(new At(1, 100, 500));
        begin(Long.MIN_VALUE);
        begin(Long.MAX_VALUE);
        analytics.observe(state, 1, 0, 490, 400, 20, 100, this::tell);
        begin(0);
        analytics.observe(state, 1, 0, 0, 0, 20, 100, this::tell);

        assertThat(told)
                .containsExactly(
                        "ZONE_ENTERED door 1 total 1 holds 1",
                        "ZONE_EXITED door 1 total 1 holds 0 after 40000",
                        "ZONE_ENTERED door 1 total 2 holds 1",
                        "ZONE_EXITED door 1 total 2 holds 0 after 0");
    }

    @Test
    void framesOfAnotherSizeShowTheSameScene() {
        rules(new Rules().zone("door", SQUARE).line("in", DirectionMode.BALANCED, false, GATE));
        frame(new At(1, 450, 500));

        now += FRAME;
        analytics.begin(state, 2000, 500, now);
        analytics.observe(state, 1, 0, 2 * 460 - 10, 200, 20, 50, this::tell);
        assertThat(told).as("the same place").hasSize(1);
        now += FRAME;
        analytics.begin(state, 2000, 500, now);
        analytics.observe(state, 1, 0, 2 * 560 - 10, 200, 20, 50, this::tell);

        assertThat(told).last().isEqualTo("LINE_CROSSED in 1 total 1");
    }

    @Test
    void framesWithoutASizeAreTakenForTheSizeBefore() {
        rules(new Rules().zone("door", SQUARE));

        for (int[] size : new int[][] {{0, 0}, {-1, 5}, {Integer.MAX_VALUE, 1}}) {
            analytics.begin(state, size[0], size[1], now);
            analytics.observe(state, 1, 0, 490, 400, 20, 100, this::tell);
        }
        assertThat(told).as("nobody knows where it is").isEmpty();
        frame(new At(1, 500, 500));
        analytics.begin(state, 0, 0, now);
        analytics.observe(state, 1, 0, 0, 0, 20, 100, this::tell);

        assertThat(told).hasSize(2);
    }

    @Test
    void boxesFarAwayNeitherThrowNorCount() {
        rules(
                new Rules()
                        .zone("door", SQUARE)
                        .line("in", DirectionMode.BALANCED, true, GATE)
                        .direction("right", DirectionMode.LOOSE, 0, 500, 900, 500));

        begin();
        for (double far : new double[] {1e6, -1e6, 2e6, -2e6, Float.MAX_VALUE}) {
            analytics.observe(state, 1, 0, far, far, 1e6, 1e6, this::tell);
            analytics.observe(state, 1, 0, far, -far, 1e6, 1e6, this::tell);
        }

        assertThat(state.entries(0)).isZero();
        assertThat(state.objects).hasSize(1);
    }

    @Property(tries = 100)
    void aZoneHoldsWhatEnteredLessWhatLeft(@ForAll long seed) {
        Random random = new Random(seed);
        rules(new Rules().zone("door", SQUARE).zone("away", true, ClassFilter.ALL, SQUARE));
        for (int i = 0; i < 60; i++) {
            begin();
            for (long track = 1L + i / 20; track < 8; track++) {
                if (random.nextInt(4) > 0) {
                    // Often exactly on an edge, a corner or the line.
                    analytics.observe(
                            state,
                            track,
                            0,
                            300 + 100 * random.nextInt(5) - 10,
                            300 + 100 * random.nextInt(5) - 20,
                            20,
                            20,
                            this::tell);
                }
            }
            if (random.nextInt(10) == 0) {
                analytics.ended(state, 1 + random.nextInt(8), this::tell);
            }
            for (int zone = 0; zone < 2; zone++) {
                assertThat(state.occupancy(zone))
                        .isEqualTo(state.entries(zone) - state.exits(zone));
            }
            assertThat(state.occupancy(0) + state.occupancy(1)).isEqualTo(state.objects.size());
        }
        for (long track = 1; track < 9; track++) {
            analytics.ended(state, track, this::tell);
        }
        assertThat(state.occupancy(0)).isZero();
        assertThat(state.occupancy(1)).isZero();
    }
}

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
package io.frameflow.operators.analytics.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {
    /** From (10, 0) down to (10, 20); forward is to the right, where sides are -1. */
    private static final Line LINE = new Line(10, 0, 10, 20, -1, false);

    private static final Line EXTENDED = new Line(10, 0, 10, 20, -1, true);

    @ParameterizedTest(name = "{5}")
    @CsvSource({
        "0, 5, 20, 5, 1, straight over",
        "20, 5, 0, 5, -1, straight back",
        "-100000, 7, 100000, 9, 1, a fast mover over everything between two frames",
        "0, 5, 9, 5, 0, not there yet",
        "0, 5, 10, 5, 0, up to the line",
        "10, 5, 20, 5, 1, on from the line",
        "10, 5, 0, 5, 0, back from the line",
        "20, 5, 10, 5, -1, back onto the line",
        "10, 5, 10, 15, 0, along the line",
        "10, -5, 10, 25, 0, along it from beyond to beyond",
        "10, 5, 10, 5, 0, standing on it",
        "0, 25, 20, 25, 0, past its end",
        "0, 20, 20, 24, 0, past its end at an angle",
        "0, 10, 20, 0, 1, over it at an angle",
        "0, -10, 20, 20, 1, over it at another",
        "5, 5, 5, 15, 0, beside it"
    })
    void crossings(long fromX, long fromY, long toX, long toY, int expected, String why) {
        assertThat(LINE.crossing(fromX, fromY, toX, toY)).as(why).isEqualTo(expected);
    }

    @Test
    void anExtendedLineHasNoEnds() {
        assertThat(LINE.crossing(0, 1000, 20, 1000)).isZero();
        assertThat(EXTENDED.crossing(0, 1000, 20, 1000)).isEqualTo(1);
        assertThat(EXTENDED.crossing(20, -1000, 0, -1000)).isEqualTo(-1);
    }

    @Test
    void forwardIsOneOfTheSides() {
        assertThat(new Line(10, 0, 10, 20, 1, false).crossing(0, 5, 20, 5)).isEqualTo(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Line(0, 0, 1, 0, 0, false));
    }

    @Property(tries = 500)
    void whatMeetsInOnePointCrosses(@ForAll long seed) {
        Random random = new Random(seed);
        int[] p = random.ints(8, 0, 30).toArray();
        assumeThat(noneIsInLine(p)).isTrue();
        Line line = new Line(p[0], p[1], p[2], p[3], 1, false);

        int crossing = line.crossing(p[4], p[5], p[6], p[7]);

        assertThat(crossing != 0)
                .isEqualTo(Line2D.linesIntersect(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]));
        assertThat(line.crossing(p[6], p[7], p[4], p[5])).as("and back").isEqualTo(-crossing);
    }

    @Property(tries = 300)
    void alongAnyPathTheCrossingsAreWhatItsEndsSay(@ForAll long seed) {
        Random random = new Random(seed);
        Line line = new Line(2, 1, 5, 4, 1, true);
        long x = random.nextInt(8);
        long y = random.nextInt(8);
        int begin = isForward(x, y);
        int sum = 0;
        for (int i = 0; i < 50; i++) {
            long nextX = random.nextInt(8);
            long nextY = random.nextInt(8);
            sum += line.crossing(x, y, nextX, nextY);
            x = nextX;
            y = nextY;
        }

        assertThat(sum).isEqualTo(isForward(x, y) - begin);
    }

    /** Also where it passes through corners, along edges, or touches a corner from outside. */
    @Property(tries = 500)
    void linesThatEncloseAnAreaCountWhatIsInIt(@ForAll long seed) {
        Random random = new Random(seed);
        int[] xs = random.ints(3, 0, 9).toArray();
        int[] ys = random.ints(3, 0, 9).toArray();
        int turn = Grid.side(xs[0], ys[0], xs[1], ys[1], xs[2], ys[2]);
        assumeThat(turn).isNotZero();
        Polygon area = new Polygon(wide(xs), wide(ys));
        int[] from = pointOffTheEdges(random, xs, ys);
        int begin = area.contains(from[0], from[1]) ? 1 : 0;
        int entered = 0;
        for (int i = 0; i < 20; i++) {
            int[] to = pointOffTheEdges(random, xs, ys);
            for (int edge = 0; edge < 3; edge++) {
                int next = (edge + 1) % 3;
                entered +=
                        new Line(xs[edge], ys[edge], xs[next], ys[next], turn, false)
                                .crossing(from[0], from[1], to[0], to[1]);
            }
            from = to;
            assertThat(begin + entered).isEqualTo(area.contains(from[0], from[1]) ? 1 : 0);
        }
    }

    private static long[] wide(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static int[] pointOffTheEdges(Random random, int[] xs, int[] ys) {
        while (true) {
            int[] point = random.ints(2, -1, 10).toArray();
            boolean isOff = true;
            for (int edge = 0; edge < 3; edge++) {
                int next = (edge + 1) % 3;
                isOff &=
                        Line2D.ptSegDistSq(
                                        xs[edge], ys[edge], xs[next], ys[next], point[0], point[1])
                                > 1e-9;
            }
            if (isOff) {
                return point;
            }
        }
    }

    private static int isForward(long x, long y) {
        return Grid.side(2, 1, 5, 4, x, y) == 1 ? 1 : 0;
    }

    private static boolean noneIsInLine(int[] p) {
        return Grid.side(p[0], p[1], p[2], p[3], p[4], p[5]) != 0
                && Grid.side(p[0], p[1], p[2], p[3], p[6], p[7]) != 0
                && Grid.side(p[4], p[5], p[6], p[7], p[0], p[1]) != 0
                && Grid.side(p[4], p[5], p[6], p[7], p[2], p[3]) != 0;
    }
}

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

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolygonTest {
    /** A U: concave, with edges along the axes, and collinear vertices at its foot. */
    private static final Polygon U =
            polygon(0, 0, 10, 0, 10, 40, 30, 40, 30, 0, 40, 0, 40, 60, 20, 60, 0, 60);

    @ParameterizedTest(name = "({0}, {1}): {2}")
    @CsvSource({
        "5, 5, true, left arm",
        "20, 20, false, between the arms",
        "20, 50, true, foot",
        "35, 1, true, right arm",
        "0, 0, true, a vertex",
        "10, 40, true, a vertex where it is concave",
        "20, 60, true, a vertex on an edge",
        "20, 40, true, an edge along the axis",
        "40, 30, true, an upright edge",
        "20, 0, false, in line with two edges",
        "20, -1, false, above",
        "-1, 60, false, in line with the lower edge",
        "41, 60, false, in line with it on the other side",
        "-5, 40, false, in line with vertices",
        "50, 40, false, in line with vertices on the other side"
    })
    void insideIsWithEdgesAndVertices(long x, long y, boolean expected, String why) {
        assertThat(U.contains(x, y)).as(why).isEqualTo(expected);
    }

    @Property(tries = 300)
    void insideIsWhatJavasPathSaysAndTheEdges(@ForAll long seed) {
        Random random = new Random(seed);
        int[] xs = random.ints(3 + random.nextInt(6), 0, 12).toArray();
        int[] ys = random.ints(xs.length, 0, 12).toArray();
        Polygon polygon = new Polygon(wide(xs), wide(ys));
        for (int x = -1; x <= 12; x++) {
            for (int y = -1; y <= 12; y++) {
                boolean expected = isOnEdge(xs, ys, x, y) || path(xs, ys).contains(x, y);
                assertThat(polygon.contains(x, y))
                        .as("(%d, %d) in %s %s", x, y, Arrays.toString(xs), Arrays.toString(ys))
                        .isEqualTo(expected);
            }
        }
    }

    @Property(tries = 100)
    void theOrderOfTheVerticesDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        long[] xs = random.longs(5, -20, 20).toArray();
        long[] ys = random.longs(5, -20, 20).toArray();
        Polygon polygon = new Polygon(xs, ys);
        Polygon turned = new Polygon(turned(xs), turned(ys));
        for (int i = 0; i < 100; i++) {
            long x = random.nextInt(-20, 20);
            long y = random.nextInt(-20, 20);
            assertThat(turned.contains(x, y)).isEqualTo(polygon.contains(x, y));
        }
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "0 0 10 0 0 10, true, a triangle",
        "0 0 10 0 10 10 0 10, true, a square",
        "0 0 10 0 20 0 10 10, true, a vertex in the middle of an edge",
        "0 0 10 10 10 0 0 10, false, edges cross",
        "0 0 10 0 5 0, false, no area",
        "0 0 10 0 10 0 0 10, false, a vertex twice in a row",
        "0 0 10 0 5 5 5 0 0 10, false, a vertex on another edge",
        "0 0 10 0 10 10 0 0 0 10, false, a vertex visited twice",
        "0 0 10 0 4 0 4 10, false, an edge back over the one before"
    })
    void simpleIsWhatDoesNotMeetItself(String points, boolean expected, String why) {
        long[] numbers = Arrays.stream(points.split(" ")).mapToLong(Long::parseLong).toArray();

        assertThat(polygon(numbers).isSimple()).as(why).isEqualTo(expected);
    }

    @Test
    void aPolygonHasThreeVerticesAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> polygon(0, 0, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(new long[3], new long[4]));
    }

    private static Polygon polygon(long... points) {
        long[] xs = new long[points.length / 2];
        long[] ys = new long[points.length / 2];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = points[2 * i];
            ys[i] = points[2 * i + 1];
        }
        return new Polygon(xs, ys);
    }

    private static long[] wide(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static long[] turned(long[] values) {
        long[] turned = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i] = values[(values.length + 1 - i) % values.length];
        }
        return turned;
    }

    private static boolean isOnEdge(int[] xs, int[] ys, int x, int y) {
        for (int i = 0; i < xs.length; i++) {
            int next = (i + 1) % xs.length;
            if (Line2D.ptSegDistSq(xs[i], ys[i], xs[next], ys[next], x, y) < 1e-9) {
                return true;
            }
        }
        return false;
    }

    private static Path2D path(int[] xs, int[] ys) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        path.closePath();
        return path;
    }
}

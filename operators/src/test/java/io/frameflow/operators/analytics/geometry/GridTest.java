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

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final long FARTHEST = (long) Grid.FARTHEST_PIXEL * Grid.UNITS_PER_PIXEL;

    @Test
    void coordinatesAreRoundedToTheGridAndBounded() {
        assertThat(Grid.of(0)).isZero();
        assertThat(Grid.of(1.5)).isEqualTo(384);
        assertThat(Grid.of(-1 / 512.0 - 1e-9)).isEqualTo(-1);
        assertThat(Grid.of(1e300)).isEqualTo(FARTHEST);
        assertThat(Grid.of(Double.NEGATIVE_INFINITY)).isEqualTo(-FARTHEST);
        assertThatIllegalArgumentException().isThrownBy(() -> Grid.of(Double.NaN));
    }

    @Property
    void sidesAreExactForAllPointsOfTheGrid(
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long ax,
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long ay,
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long bx,
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long by,
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long x,
            @ForAll @LongRange(min = -FARTHEST, max = FARTHEST) long y) {
        BigInteger exact =
                big(bx - ax).multiply(big(y - ay)).subtract(big(by - ay).multiply(big(x - ax)));

        assertThat(Grid.side(ax, ay, bx, by, x, y)).isEqualTo(exact.signum());
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}

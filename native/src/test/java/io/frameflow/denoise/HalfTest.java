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
package io.frameflow.denoise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {
    /** The number that these bits are in IEEE half precision, of which none is below the range. */
    private static double number(int bits) {
        return Math.scalb(1 + (bits & 0x3FF) / 1024.0, (bits >> 10) - 15);
    }

    /** Against the list of all such numbers. */
    @Test
    void roundsToTheNearestAndToTheEvenOneOfTwo() {
        Random random = new Random(1);
        for (int bits = 1 << 10; bits < 30 << 10; bits++) {
            double below = number(bits);
            double above = number(bits + 1);
            double middle = (below + above) / 2;
            double between = below + (above - below) * random.nextDouble();
            double nearest = between < middle ? below : above;

            assertThat(Half.round(below)).isEqualTo(below);
            assertThat(Half.round(-below)).isEqualTo(-below);
            assertThat(Half.round(between)).isEqualTo(nearest);
            assertThat(Half.round(-between)).isEqualTo(-nearest);
            assertThat(Half.round(middle)).isEqualTo(bits % 2 == 0 ? below : above);
        }
    }

    @Test
    void aProductAndASumAreRoundedOnce() {
        // 1 + 2^-11 lies in the middle, and a little more above it.
        assertThat(Half.fma(Math.scalb(1.0, -11), 1 + Math.scalb(1.0, -10), 1))
                .isEqualTo(1 + Math.scalb(1.0, -10));
        assertThat(Half.fma(Math.scalb(1.0, -11), 1, 1)).isEqualTo(1);
    }
}

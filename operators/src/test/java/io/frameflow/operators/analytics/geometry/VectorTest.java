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
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorTest {

    @Test
    void cosinesOfKnownAngles() {
        Vector right = new Vector(7, 0);

        assertThat(right.cosine(new Vector(1 << 29, 0))).isEqualTo(1);
        assertThat(right.cosine(new Vector(-3, 0))).isEqualTo(-1);
        assertThat(right.cosine(new Vector(0, 5))).isZero();
        assertThat(right.cosine(new Vector(5, -5))).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void whatHasNoLengthHasNoDirection() {
        assertThat(new Vector(0, 0).cosine(new Vector(1, 1))).isZero();
        assertThat(new Vector(1, 1).cosine(new Vector(0, 0))).isZero();
    }
}

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
package io.frameflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {

    @Test
    void subtractsFirstAndScalesThen() {
        var normalization =
                new Normalization(0.5, List.of(10.0, 20.0, 30.0), List.of(1.0, 2.0, 4.0));

        assertThat(normalization.apply(0, 110)).isEqualTo(50f);
        assertThat(normalization.apply(1, 110)).isEqualTo(22.5f);
        assertThat(normalization.apply(2, 110)).isEqualTo(10f);
    }

    @Test
    void dividesBy255() {
        for (int pixel = 0; pixel <= 255; pixel++) {
            assertThat(Normalization.UNIT.apply(0, pixel)).isEqualTo((float) (pixel / 255.0));
        }
    }

    @Test
    void refusesWhatCannotBeComputed() {
        List<Double> ones = List.of(1.0, 1.0, 1.0);
        assertThatThrownBy(() -> new Normalization(0, ones, ones))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Normalization(Double.NaN, ones, ones))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Normalization(1, List.of(1.0), ones))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Normalization(1, ones, List.of(1.0, 0.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

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
package io.frameflow.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @Test
    void readsWordsAndNumbers() {
        assertThat(Pace.parse("recorded")).isEqualTo(Pace.RECORDED);
        assertThat(Pace.parse("max")).isEqualTo(Pace.UNLIMITED);
        assertThat(Pace.parse("12.5")).isEqualTo(new Pace(Pace.Kind.FIXED, 12.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0", "-1", "NaN", "Infinity", "25fps"})
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void countsTimeByTheSourceOrByTheNumberOfFrames() {
        assertThat(Pace.RECORDED.timeMicros(7, 123)).isEqualTo(123);
        assertThat(Pace.UNLIMITED.timeMicros(7, 123)).isEqualTo(123);
        assertThat(Pace.parse("30").timeMicros(0, 123)).isZero();
        assertThat(Pace.parse("30").timeMicros(90, 123)).isEqualTo(3_000_000);
    }
}

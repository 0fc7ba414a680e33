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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationsTest {

    @ParameterizedTest
    @CsvSource({
        "NaN, 0, 1, 1, 0.5, 0",
        "0, Infinity, 1, 1, 0.5, 0",
        "0, -Infinity, 1, 1, 0.5, 0",
        "2e6, 0, 1, 1, 0.5, 0",
        "0, 0, 0, 1, 0.5, 0",
        "0, 0, 1, -1, 0.5, 0",
        "0, 0, NaN, 1, 0.5, 0",
        "0, 0, 1, Infinity, 0.5, 0",
        "0, 0, 1, 2e6, 0.5, 0",
        "0, 0, 1, 1, NaN, 0",
        "0, 0, 1, 1, Infinity, 0",
        "0, 0, 1, 1, 0.5, -1",
    })
    void nonsenseIsNotUsable(
            float left, float top, float width, float height, float score, int classId) {
        assertThat(Observations.isUsable(left, top, width, height, score, classId)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Observations()
                                        .add(left, top, width, height, score, classId, "x"));
    }

    @Test
    void aFrameForgetsTheOneBefore() {
        Observations observations = new Observations();
        observations.begin(1);
        observations.add(1, 2, 3, 4, 0.5f, 6, "seven");
        observations.begin(2);

        assertThat(observations.count()).isZero();
        assertThat(observations.captureTimeMicros()).isEqualTo(2);
        assertThat(observations.add(9, 8, 7, 6, 0.5f, 4, "three")).isZero();
        assertThat(observations.left(0)).isEqualTo(9);
        assertThat(observations.label(0)).isEqualTo("three");
        assertThat(observations.track(0)).isNull();
    }
}

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
package io.frameflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRangeTest {

    @Test
    void holdsOneSizeOrAny() {
        assertThat(BatchRange.exactly(4)).isEqualTo(new BatchRange(4, 4));
        assertThat(BatchRange.ANY.least()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, -1", "2, 1"})
    void refusesEmptyRanges(int least, int most) {
        assertThatThrownBy(() -> new BatchRange(least, most))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

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
package io.frameflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencySummaryTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "50, 50", "95, 95", "99, 99", "100, 100"})
    void givesThePercentilesOfTheNumbersToAHundred(int percent, double expectedMillis) {
        LongStream shuffled = LongStream.rangeClosed(1, 100).map(i -> (i * 37 % 101) * 1000);

        assertThat(new LatencySummary(shuffled).percentileMillis(percent))
                .isEqualTo(expectedMillis);
    }

    @ParameterizedTest
    @CsvSource({"50, 7", "99, 9"})
    void givesLatenciesThatOccurred(int percent, double expectedMillis) {
        LatencySummary three = new LatencySummary(LongStream.of(9_000, 5_000, 7_000));

        assertThat(three.percentileMillis(percent)).isEqualTo(expectedMillis);
    }

    @Test
    void needsLatencies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencySummary(LongStream.empty()));
    }
}

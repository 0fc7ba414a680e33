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
package io.frameflow.engine.tensorrt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeSummaryTest {
    private static long[] milliseconds(long... values) {
        return LongStream.of(values).map(value -> value * 1_000_000).toArray();
    }

    @Test
    void summarizesAHundredTimes() {
        long[] times = milliseconds(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());

        assertThat(TimeSummary.ofNanos(times))
                .isEqualTo(new TimeSummary(1, 100, 50.5, 50.5, 90, 95, 99));
    }

    /** As trtexec: of seven times none may be taken off for any of these percentiles. */
    @Test
    void roundsThePartDownThatIsTakenOff() {
        assertThat(TimeSummary.ofNanos(milliseconds(7, 1, 6, 2, 5, 3, 4)))
                .isEqualTo(new TimeSummary(1, 7, 4, 4, 7, 7, 7));
        assertThat(TimeSummary.ofNanos(milliseconds(9)))
                .isEqualTo(new TimeSummary(9, 9, 9, 9, 9, 9, 9));
    }

    @Test
    void needsATime() {
        assertThatThrownBy(() -> TimeSummary.ofNanos(new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void growsWithTheTimesThatComeIn() {
        Timings timings = new Timings();
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            timings.add(i, 1_000_000, 2_000_000, 3_000_000);
        }

        assertThat(timings.count()).isEqualTo(count);
        assertThat(timings.latency()).isEqualTo(new TimeSummary(6, 6, 6, 6, 6, 6, 6));
        assertThat(timings.enqueue().max()).isEqualTo((count - 1) / 1e6);
        assertThat(timings.computeSeconds()).isEqualTo(200);
    }
}

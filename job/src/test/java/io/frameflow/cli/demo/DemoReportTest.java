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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoReportTest {

    @ParameterizedTest
    @CsvSource({
        // in, out, too many, dead letters, complete
        "10, 10, 0, 0, true",
        "10,  9, 0, 0, false",
        "10,  9, 0, 1, false",
        "10, 10, 1, 0, false",
        " 0,  0, 0, 0, false"
    })
    void isCompleteOnlyIfEveryFrameCameOutOnce(
            long in, long out, long duplicates, long deadLetters, boolean complete) {
        assertThat(report(in, out, duplicates, deadLetters).isComplete()).isEqualTo(complete);
    }

    @Test
    void tellsItsFigures() {
        assertThat(report(1200, 1200, 0, 0).lines())
                .containsExactly(
                        "frames in          1,200",
                        "frames out         1,200",
                        "dead letters       0",
                        "objects            77",
                        "tracks             5",
                        "throughput         60.0 frames/s",
                        "latency p50        12 ms, publish to result",
                        "annotated video    /a/b.mp4");
    }

    private static DemoReport report(long in, long out, long duplicates, long deadLetters) {
        return new DemoReport(
                in,
                out,
                duplicates,
                deadLetters,
                77,
                5,
                Duration.ofSeconds(20),
                Map.of(50, 12.4),
                Map.of("annotated video", Path.of("/a/b.mp4")));
    }
}

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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong without a job. */
class ControlCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --score-threshold=0.5                     | --camera
                    --all --camera=gate --reset               | mutually exclusive
                    --all                                     | changes nothing
                    --all --score-threshold=1.5               | score_threshold is 1.5, must be from 0 to 1
                    --all --score-threshold=NaN               | score_threshold is NaN
                    --all --score-threshold=high              | 'high' is not a float
                    --all --denoise-strength=-1               | denoise_strength is -1.0
                    --all --denoise-preset=indoor_lowlight    | did you mean 'indoor_low_light'?
                    --all --denoise=maybe                     | expected one of [ON, OFF]
                    --camera=gate --model=other.yaml          | leave camera_id null
                    --camera= --reset                         | camera_id has 0 bytes
                    --all --reset --wait=-1                   | --wait must not be negative
                    """)
    void refusesWhatMakesNoSense(String arguments, String message) {
        CommandResult result = CommandResult.run(("control " + arguments).split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        CommandResult result =
                CommandResult.run(
                        "control",
                        "--all",
                        "--reset",
                        "--bootstrap-server=localhost:1",
                        "--command-property=default.api.timeout.ms=500",
                        "--command-property=request.timeout.ms=400");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("localhost:1");
    }
}

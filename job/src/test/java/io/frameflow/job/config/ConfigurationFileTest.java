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
package io.frameflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {

    @Test
    void keysAreNestedOrDottedOrBoth() {
        String yaml =
                """
                kafka:
                  bootstrap-servers: a:9092,b:9092
                  properties:
                    security.protocol: SSL
                kafka.topics.frames: frames
                tracking: {track_high_thresh: 0.250, enabled: yes}
                checkpoints.interval: 10 s
                """;

        assertThat(ConfigurationFile.parse(yaml, "test"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "kafka.bootstrap-servers", "a:9092,b:9092",
                                "kafka.properties.security.protocol", "SSL",
                                "kafka.topics.frames", "frames",
                                "tracking.track_high_thresh", "0.250",
                                "tracking.enabled", "yes",
                                "checkpoints.interval", "10 s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    just a text                     | must hold keys and values
                    [a, b]                          | must hold keys and values
                    a: [b, c]                       | has something else than a text or a number at a
                    {a: {b: 1}, a.b: 2}             | has the key a.b twice
                    {a: 1, a: 2}                    | is not valid YAML
                    {a: 1                           | is not valid YAML
                    """)
    void otherFilesAreRefused(String yaml, String reason) {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ConfigurationFile.parse(yaml, "test"))
                .withMessageStartingWith("test ")
                .withMessageContaining(reason)
                .satisfies(
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.INVALID_SETTINGS));
    }

    @Test
    void anEmptyFileHoldsNothing() {
        assertThat(ConfigurationFile.parse("", "test")).isEmpty();
        assertThat(ConfigurationFile.parse("# only a comment\n", "test")).isEmpty();
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing.yaml");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ConfigurationFile.read(missing))
                .withMessageContaining(missing.toString());
    }
}

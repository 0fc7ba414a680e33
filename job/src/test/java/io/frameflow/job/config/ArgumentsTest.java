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

import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void argumentsWinOverTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, "model.file: a.yaml\ninference.batch-size: 4\n");

        Arguments arguments =
                Arguments.parse(
                        "--inference.batch-size", "8", "--config", file.toString(), "--x=a=b");

        assertThat(arguments.help()).isFalse();
        assertThat(arguments.options())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("model.file", "a.yaml", "inference.batch-size", "8", "x", "a=b"));
    }

    @Test
    void helpIsAskedForAnywhere() {
        assertThat(Arguments.parse("--help").help()).isTrue();
        assertThat(Arguments.parse("--model.file", "a.yaml", "-h").help()).isTrue();
        assertThat(Arguments.parse().help()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    model.yaml          | 'model.yaml' is not understood
                    --                  | '--' is not understood
                    -x                  | '-x' is not understood
                    --model.file        | --model.file needs a value behind it
                    --model.file --x y  | --model.file needs a value behind it
                    --a 1 --a=2         | --a is given twice
                    """)
    void otherFormsAreRefused(String line, String reason) {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> Arguments.parse(line.split(" ")))
                .withMessageContaining(reason);
    }
}

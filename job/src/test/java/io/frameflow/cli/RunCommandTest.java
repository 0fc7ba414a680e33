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

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model.file=m.yaml                                        | kafka.bootstrap-servers",
                "--model.file=m.yaml --kafka.bootstrap-server=h:1           | kafka.bootstrap-servers",
                "--model.file                                               | needs a value",
                "model.yaml                                                 | 'model.yaml'",
                "--kafka.bootstrap-servers=h:1 --model.file=m --inference.batch-size=0 | batch-size"
            })
    void refusesWrongSettings(String arguments, String named) {
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(arguments.split(" +", -1)));

        CommandResult refused = CommandResult.run(command.toArray(String[]::new));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(named).contains("frameflow run --help");
    }

    @Test
    void listsTheOptionsOfTheJobInItsHelp() {
        assertThat(CommandResult.run("run", "--help").out())
                .contains("kafka.bootstrap-servers", "model.file", "-D=KEY=VALUE");
    }
}

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

class PublishCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // arguments | what the message names
                "                                                | SOURCE",
                "a.mp4 --rate quick                              | 'quick'",
                "a.mp4 --rate 0                                  | '0'",
                "a.png --rate recorded                           | pictures have no times",
                "a.png --capture-start 2026-01-31T12:00:00Z      | --rate",
                "a.mp4 --capture-start yesterday                 | --capture-start",
                "a.mp4 --resize 640                              | '640'",
                "a.mp4 --resize 0x480                            | '0x480'",
                "a.mp4 --resize 99999x480                        | at most 8192 a side",
                "a.mp4 --resize -1x480                           | '-1x480'",
                "a.mp4 --quality 0                               | --quality",
                "a.mp4 --quality 101                             | --quality",
                "a.mp4 --encoding webp                           | --encoding",
                "a.mp4 --cameras 0                               | --cameras",
                "a.mp4 --max 0                                   | --max",
                "a.mp4 --first-sequence -1                       | --first-sequence",
                "a.mp4 --camera-id a,b                           | --camera-id has 2",
                "a.mp4 b.mp4 --cameras 2 --camera-id a,b,c       | --camera-id has 3",
                "a.mp4 b.mp4 --camera-id a,a                     | twice"
            })
    void refusesWrongUsage(String arguments, String named) {
        List<String> command = new ArrayList<>(List.of("publish"));
        if (arguments != null) {
            command.addAll(List.of(arguments.strip().split(" +")));
        }

        CommandResult refused = CommandResult.run(command.toArray(String[]::new));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(named).contains("frameflow publish --help");
    }

    @Test
    void missesAFileBeforeItAsksKafka() {
        CommandResult refused =
                CommandResult.run("publish", "/no/such.mp4", "--bootstrap-server=127.0.0.1:1");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines())
                .containsExactly("frameflow: there is no file or folder /no/such.mp4");
    }
}

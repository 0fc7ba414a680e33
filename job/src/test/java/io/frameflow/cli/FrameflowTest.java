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

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameflowTest {

    @Test
    void listsItsCommands() {
        CommandResult help = CommandResult.run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("publish", "consume", "track", "Exit codes:");
    }

    static Stream<String> commands() {
        return Frameflow.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpsWithEveryCommand(String command) {
        CommandResult help = CommandResult.run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: frameflow " + command).contains("Exit codes:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void refusesUnknownOptionsOfEveryCommand(String command) {
        CommandResult refused = CommandResult.run(command, "--no-such-option");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("frameflow " + command + " --help");
    }

    @Test
    void tellsItsVersion() {
        assertThat(CommandResult.run("--version").out()).startsWith("frameflow ");
    }

    @Test
    void wantsACommand() {
        CommandResult nothing = CommandResult.run();

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("give a command").contains("frameflow --help");
    }

    @Test
    void suggestsWhatWasMeant() {
        CommandResult mistyped = CommandResult.run("pubish", "clip.mp4");

        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.err()).contains("publish");
    }

    @Test
    void showsWhereAFailureCameFromOnlyWhenAsked() {
        String[] failing = {"consume", "--command-config", "/no/such/file"};

        CommandResult brief = CommandResult.run(failing);
        CommandResult verbose = CommandResult.run("--verbose", failing[0], failing[1], failing[2]);

        assertThat(brief.exitCode()).isEqualTo(1);
        assertThat(brief.err().lines())
                .containsExactly("frameflow: there is no file /no/such/file");
        assertThat(verbose.exitCode()).isEqualTo(1);
        assertThat(verbose.err()).contains("NoSuchFileException").contains("\tat io.frameflow");
    }
}

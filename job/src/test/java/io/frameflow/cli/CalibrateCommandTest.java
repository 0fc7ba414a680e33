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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said before a card is needed. */
class CalibrateCommandTest {
    private static final String MODEL =
            """
            name: strongest
            task: segmentation
            family: segmentation
            onnx: identity.onnx
            input: {width: 8, height: 8}
            """;

    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = Files.writeString(folder.resolve("model.yaml"), MODEL);
        Files.write(folder.resolve("identity.onnx"), IdentityNetwork.bytes(8, 8));
        Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 9; i++) {
            Files.write(folder.resolve("pictures/" + i + ".jpg"), new byte[] {1});
        }
    }

    private CommandResult run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--model", model.toString()));
        return CommandResult.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                               | give pictures or a video",
                "pictures --topic frames        | give pictures or a video",
                "pictures --algorithm best      | neither minmax nor entropy",
                "pictures --batch 0             | --batch",
                "pictures --hold-back 91        | --hold-back",
                "pictures --every 0             | --every",
                // A fifth of 9 is held back, which leaves 8.
                "pictures --batch 9             | 8 pictures are not enough for a batch of 9",
                "pictures --images 4 --batch 5  | 4 pictures are not enough for a batch of 5",
            })
    void refusesWrongUsage(String arguments, String message) {
        List<String> command = new ArrayList<>(List.of("calibrate", "--output", "x.cache"));
        if (arguments != null) {
            for (String argument : List.of(arguments.strip().split(" +"))) {
                command.add(
                        argument.equals("pictures")
                                ? folder.resolve("pictures").toString()
                                : argument);
            }
        }

        CommandResult refused = run(command.toArray(String[]::new));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }

    @Test
    void takesTheWholeRangeByDefault() {
        CommandResult help = run("calibrate", "--help");

        assertThat(help.out()).containsPattern("minmax or entropy\\s+\\(default:\\s+minmax\\)");
    }

    @Test
    void gathersPicturesWithoutACard() {
        Path kept = folder.resolve("kept");

        CommandResult result =
                run(
                        "calibrate",
                        "--keep-pictures=" + kept,
                        "--batch=4",
                        folder.resolve("pictures").toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("8 pictures for calibration; 1 pictures held back");
        assertThat(kept.resolve("held-back")).isDirectoryContaining("glob:**8.jpg");
        assertThat(run("calibrate", folder.resolve("pictures").toString()).err())
                .contains("--output", "--keep-pictures");
    }

    @Test
    void bytesAreNotStoredUnmeasuredUnlessAccepted() {
        CommandResult refused =
                run("engine", "build", "--precision=int8", "--calibration-cache=x.cache");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--accuracy-pictures", "--accept-accuracy-loss");
    }

    private CommandResult runBuild(String... more) {
        return run(
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("engine", "build"),
                                java.util.stream.Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void layersAreNamedForBytesOnly() {
        CommandResult refused = runBuild("--precision=fp16", "--fp16-layers=a,b");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("int8 only");
    }
}

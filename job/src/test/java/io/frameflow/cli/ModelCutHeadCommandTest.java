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

import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCutHeadCommandTest {
    private static final String MODEL =
            """
            name: headed
            task: detection
            family: yolov5
            onnx: headed.onnx
            input: {width: 8, height: 8}
            thresholds: {topk: 9}
            """;

    @TempDir private Path folder;
    private Path model;
    private Path output;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.write(folder.resolve("headed.onnx"), HeadedNetwork.bytes(5, 12.5f));
        model = Files.writeString(folder.resolve("headed.yaml"), MODEL);
        output = folder.resolve("raw.onnx");
    }

    private CommandResult cut(String... more) {
        List<String> arguments = new ArrayList<>(List.of("model", "cut-head", "--model=" + model));
        arguments.add("--output=" + output);
        arguments.addAll(List.of(more));
        return CommandResult.run(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesTheNetworkAndItsModelFile() throws IOException {
        CommandResult result = cut();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(files()).containsExactly("headed.onnx", "headed.yaml", "raw.onnx", "raw.yaml");
        ModelFile written = ModelFileReader.read(folder.resolve("raw.yaml"));
        assertThat(written.family()).isEqualTo(Family.YOLOV5_RAW);
        assertThat(written.onnx()).isEqualTo(output);
        assertThat(written.head().anchors()).containsExactly(List.of(5.0, 12.5));
        assertThat(written.thresholds().topk()).isEqualTo(9);
        assertThat(result.out())
                .contains("raw.onnx: the network without its head, 6 operators less")
                .contains("raw float32[1, 6, 1, 1], anchors [5, 12.5]")
                .contains("all 1 boxes agree")
                .contains(
                        "Next: ./frameflow engine build --model %s --onnx %s"
                                .formatted(folder.resolve("raw.yaml"), output));
    }

    @Test
    void takesOtherFilesThanThoseByDefault() throws IOException {
        Path other = Files.write(folder.resolve("other.onnx"), HeadedNetwork.bytes(3, 4));
        Path target = folder.resolve("models").resolve("other-raw.yaml");

        CommandResult result = cut("--onnx=" + other, "--model-output=" + target);

        assertThat(result.exitCode()).as(result.err()).isZero();
        ModelFile written = ModelFileReader.read(target);
        assertThat(written.head().anchors()).containsExactly(List.of(3.0, 4.0));
        assertThat(written.onnx()).isEqualTo(output);
        assertThat(folder.resolve("raw.yaml")).doesNotExist();
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.writeString(folder.resolve("raw.yaml"), "mine");
        CommandResult modelFile = cut();
        Files.writeString(output, "mine");
        CommandResult network = cut("--model-output=" + folder.resolve("new.yaml"));

        assertThat(modelFile.exitCode()).isEqualTo(1);
        assertThat(modelFile.err()).contains("raw.yaml is there already: it is not overwritten");
        assertThat(network.exitCode()).isEqualTo(1);
        assertThat(network.err()).contains("raw.onnx is there already: it is not overwritten");
        assertThat(folder.resolve("raw.yaml")).hasContent("mine");
        assertThat(output).hasContent("mine");
    }

    @Test
    void leavesNothingOfNetworksThatCannotBeCut() throws IOException {
        Files.writeString(model, MODEL.replace("yolov5", "yolov8"));
        CommandResult family = cut();
        Files.writeString(model, MODEL);
        Files.write(folder.resolve("headed.onnx"), IdentityNetwork.bytes(8, 8));
        CommandResult network = cut();

        assertThat(family.exitCode()).isEqualTo(1);
        assertThat(family.err()).contains("only heads of family yolov5 can be cut off");
        assertThat(network.exitCode()).isEqualTo(1);
        assertThat(network.err()).contains("INVALID_MODEL", "expected for family yolov5");
        assertThat(files()).containsExactly("headed.onnx", "headed.yaml");
    }

    @Test
    void refusesOneNameForBothFiles() {
        CommandResult result = cut("--model-output=" + output);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--output and --model-output are the same file");
    }
}

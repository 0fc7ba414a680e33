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
package io.frameflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Scaling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileReaderTest extends ModelFileTexts {
    @Test
    void fillsInWhatIsNotSaid() throws IOException {
        ModelFile model = read(LEAST);

        assertThat(model.name()).isEqualTo("detector");
        assertThat(model.version()).isEmpty();
        assertThat(model.task()).isEqualTo(Task.DETECTION);
        assertThat(model.family()).isEqualTo(Family.YOLOV8);
        assertThat(model.onnx()).isEqualTo(folder.resolve("network.onnx"));
        assertThat(model.input())
                .isEqualTo(
                        new InputSpec(
                                640,
                                480,
                                ColorOrder.RGB,
                                Normalization.UNIT,
                                Scaling.CENTERED,
                                114));
        assertThat(model.thresholds()).isEqualTo(DetectionThresholds.DEFAULT);
        assertThat(model.labels()).isEmpty();
        assertThat(model.keypointNames()).isEmpty();
        assertThat(model.onnxRuntime()).isEqualTo(OnnxRuntimeOptions.DEFAULT);
    }

    @Test
    void readsEveryKey() throws IOException {
        ModelFile model =
                read(
                        """
                        name: "Detector №1"
                        version: "1.0"
                        task: detection
                        family: yolov5
                        onnx: ./sub/../network.onnx
                        input:
                          width: 320
                          height: 240
                          model-color-format: bgr
                          net-scale-factor: 0.5
                          offsets: [1, 2.5, 3e0]
                          deviations: [2, 4, 8]
                          maintain-aspect-ratio: false
                          symmetric-padding: false
                          scale-up: false
                          pad-value: 0
                        thresholds: {pre-cluster-threshold: 0, nms-iou-threshold: 1, topk: 7,
                          class-agnostic: true}
                        labels: [person, "7", 'no']
                        engine:
                          onnxruntime:
                            threads: 3
                        """);

        assertThat(model)
                .isEqualTo(
                        new ModelFile(
                                "Detector №1",
                                Optional.of("1.0"),
                                Task.DETECTION,
                                Family.YOLOV5,
                                folder.resolve("network.onnx"),
                                new InputSpec(
                                        320,
                                        240,
                                        ColorOrder.BGR,
                                        new Normalization(
                                                0.5,
                                                List.of(1.0, 2.5, 3.0),
                                                List.of(2.0, 4.0, 8.0)),
                                        new Scaling(false, false, false),
                                        0),
                                new DetectionThresholds(0, 1, 7, true, ClassRules.NONE),
                                HeadOptions.DEFAULT,
                                List.of("person", "7", "no"),
                                List.of(),
                                List.of(),
                                List.of(),
                                new OnnxRuntimeOptions(3)));
    }

    @Test
    void tellsAllProblemsAtOnceFromTopToBottom() throws IOException {
        String message =
                failure(
                        """
                        name: ""
                        version: 1.0
                        task: detecting
                        onnx: missing.onnx
                        input:
                          width: 640px
                          height: 0
                          offsets: [1, 2]
                          deviations: [1, 0, .nan]
                          pad-value: 114.5
                        thresholds:
                          nms-iou-treshold: 0.5
                          pre-cluster-threshold: .nan
                          topk: -1
                          class-agnostic: yes
                        labels: [person, car, person]
                        zebra: 1
                        """);

        assertThat(message.lines().skip(1))
                .containsExactly(
                        "  line 1: name: expected text of 1 to 200 characters without line"
                                + " breaks, found text ''",
                        "  line 1: family: missing",
                        "  line 2: version: expected text; put it in quotes, found 1.0",
                        "  line 3: task: expected one of: detection, face, pose,"
                                + " segmentation, tensor, found text 'detecting'",
                        "  line 4: onnx: there is no file " + folder.resolve("missing.onnx"),
                        "  line 6: input.width: expected a whole number from 1 to 8192, found"
                                + " text '640px'",
                        "  line 7: input.height: expected a whole number from 1 to 8192, found 0",
                        "  line 8: input.offsets: expected a list of 3, found a list of 2",
                        "  line 9: input.deviations[1]: expected a finite number other than 0,"
                                + " found 0",
                        "  line 9: input.deviations[2]: expected a finite number other than 0,"
                                + " found .nan",
                        "  line 10: input.pad-value: expected a whole number from 0 to 255, found"
                                + " 114.5",
                        "  line 12: thresholds.nms-iou-treshold: unknown key; did you mean"
                                + " 'nms-iou-threshold'?",
                        "  line 13: thresholds.pre-cluster-threshold: expected a number from 0.0"
                                + " to 1.0, found .nan",
                        "  line 14: thresholds.topk: expected a whole number from 1 to 100000,"
                                + " found -1",
                        "  line 15: thresholds.class-agnostic: expected true or false, found text"
                                + " 'yes'",
                        "  line 16: labels[2]: 'person' is there already, at [0]",
                        "  line 17: zebra: unknown key; known here: class-attrs, colors, engine,"
                                + " family, filter-out-class-ids, head, input,"
                                + " keypoint-names, labels, labels-file, name, onnx,"
                                + " output-tensors, task, thresholds, version");
        assertThat(message).contains("has 17 problems:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: second", // the same key twice
                "labels: [a]\nlabels-file: network.onnx", // both kinds of labels
                "labels: []", // no label
                "labels: [1]", // a label that is a number
                "labels: [[a]]", // a list in a list
                "labels-file: absent.txt", // a file that is not there
                "labels-file: \"a\\0b\"", // not a path
                "keypoint-names: [nose]", // keypoints of a detector
                "thresholds: [1]", // not a mapping
                "thresholds:", // nothing where a mapping belongs
                "engine: {tensorrt: {}}", // an engine without options yet
                "engine: {onnxruntime: {threads: 4294967297}}", // more than 32 bits
                "? [1, 2]\n: x", // a key that is a list
                "x-anchor: &a [1]", // an anchor
                "labels: *a", // an alias to nothing
                "thresholds: {topk: 0x10}", // hexadecimal
                "thresholds: {topk: }", // no value
                "--- \nname: again", // a second document
                "\tname: tab", // not YAML
                "labels: [a", // not closed
            })
    void refuses(String added) throws IOException {
        assertThat(failure(LEAST + added + "\n")).contains("model.yaml has", "line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment", "just text", "- a\n- b", "null", "[]"})
    void refusesWhatIsNoMapping(String text) throws IOException {
        assertThat(failure(text)).contains("line 1: ");
    }

    @Test
    void namesTheLineOfTheFirstOfTwoEqualKeys() throws IOException {
        assertThat(failure(LEAST + "task: detection\n"))
                .contains("line 8: task: is there already, at line 2");
    }

    @Test
    void refusesAnInputThatIsTooLarge() throws IOException {
        assertThat(failure(LEAST.replace("640", "8192").replace("480", "8192")))
                .contains("input.width: 8192 x 8192 is more than 16777216 pixels");
    }

    @Test
    void refusesFilesThatGrowWhenRead() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(failure(bomb.toString())).contains("anchors (&) and aliases (*)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: "})
    void refusesDeepNesting(String opening) throws IOException {
        assertThat(failure("labels: " + opening.repeat(20_000))).contains("nested more than 10");
    }

    @Test
    void refusesLongFiles() throws IOException {
        assertThat(failure("#".repeat(ModelFileReader.MOST_BYTES + 1))).contains("not a model");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = Files.write(folder.resolve("model.yaml"), new byte[] {'a', ':', (byte) 0xff});

        assertThatThrownBy(() -> ModelFileReader.read(file)).hasMessageContaining("not UTF-8");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> ModelFileReader.read(folder.resolve("absent.yaml")))
                .hasMessageContaining("absent.yaml")
                .extracting(failure -> ((FrameflowException) failure).code())
                .isEqualTo(FailureCode.INVALID_MODEL_FILE);
    }

    @Test
    void saysHowToNameTheNetwork() throws IOException {
        assertThat(failure(LEAST.replace("onnx: network.onnx\n", ""))).contains("onnx: missing");
    }

    @Test
    void takesTheNetworkThatIsGivenBesideTheFile() throws IOException {
        Path other = Files.write(folder.resolve("other.onnx"), new byte[] {1});
        String unnamed = LEAST.replace("onnx: network.onnx\n", "");
        Path file = Files.writeString(folder.resolve("model.yaml"), unnamed);
        Path absent = Files.writeString(folder.resolve("b.yaml"), LEAST.replace("network", "x"));

        assertThat(ModelFileReader.read(file, other).onnx()).isEqualTo(other);
        assertThat(ModelFileReader.read(absent, other).onnx()).isEqualTo(other);
        assertThatThrownBy(() -> ModelFileReader.read(file, folder.resolve("none.onnx")))
                .hasMessageContaining("none.onnx");
    }

    @Test
    void readsLabelsFromTheirFile() throws IOException {
        Files.writeString(folder.resolve("labels.txt"), "person\ntraffic light\r\ncar\n\n");

        assertThat(read(LEAST + "labels-file: labels.txt\n").labels())
                .containsExactly("person", "traffic light", "car");
    }

    @Test
    void tellsEveryBadLineOfTheLabels() throws IOException {
        Files.writeString(
                folder.resolve("labels.txt"), "person\n\nperson\n", StandardCharsets.UTF_8);

        assertThat(failure(LEAST + "labels-file: labels.txt\n"))
                .contains("2 problems")
                .contains("labels.txt, line 2: expected one label")
                .contains("labels.txt, line 3: 'person' is there already");
    }
}

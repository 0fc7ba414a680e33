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

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What families of networks allow in their model files, and the files that come with the project.
 */
class ModelFileFamiliesTest extends ModelFileTexts {
    @ParameterizedTest
    @ValueSource(strings = {"yolov5.yaml", "yolov8.yaml"})
    void readsTheDetectorsThatComeWithTheProject(String name) {
        ModelFile model = ready(name);

        assertThat(model.labels()).hasSize(80).startsWith("person").endsWith("toothbrush");
        assertThat(model.thresholds()).isEqualTo(DetectionThresholds.DEFAULT);
        assertThat(model.input().normalization()).isEqualTo(Normalization.UNIT);
    }

    private ModelFile ready(String name) {
        Path file = Path.of("..", "deploy", "models", name);
        return ModelFileReader.read(file, folder.resolve("network.onnx"));
    }

    @ParameterizedTest
    @CsvSource({"espnet-cityscapes.yaml, 20", "fcn-cityscapes.yaml, 19"})
    void hasReadyFilesForStreetScenes(String name, int classes) {
        ModelFile model = ready(name);

        assertThat(model.family()).isEqualTo(Family.SEGMENTATION);
        assertThat(model.labels()).hasSize(classes).startsWith("road", "sidewalk", "building");
        assertThat(model.colors()).hasSize(classes).startsWith(0x804080, 0xf423e8, 0x464646);
    }

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEGMENTATION", "TENSOR"})
    void hasAReadyFileForEveryFamily(Family family) {
        ModelFile model = ready(family.label() + ".yaml");

        assertThat(model.family()).isEqualTo(family);
        assertThat(model.name()).isEqualTo(family.label());
        family.keypoints().ifPresent(count -> assertThat(model.keypointNames()).hasSize(count));
        assertThat(model.keypointNames().isEmpty()).isEqualTo(family.keypoints().orElse(1) == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yolov8 | keypoint-names: [a] | networks of family yolov8 have no keypoints",
                "yunet | keypoint-names: [a, b] | have 5 keypoints, these are 2 names",
                "yunet | head: {score-activation: softmax} | scores of family yunet are known",
                "yufacedetectnet | head: {score-activation: sigmoid} | one of: none, softmax",
                "yunet | topk: 1 | unknown key",
                "yolov8 | head: {anchors: [[1, 2]]} | have none in the model file",
                "yolov3-raw | head: {anchors: [[1, 2, 3]]} | width and height of each anchor",
                "end-to-end | thresholds: {nms-iou-threshold: 0.5} | suppressed overlapping boxes",
            })
    void refusesWhatTheFamilyDoesNotHave(String family, String line, String problem)
            throws IOException {
        String task = family.startsWith("yu") ? "face" : "detection";
        String text =
                """
                name: test
                task: %s
                family: %s
                onnx: network.onnx
                input: {width: 64, height: 64}
                %s
                """
                        .formatted(task, family, line);

        assertThat(failure(text)).contains("1 problem").contains(problem);
    }

    @Test
    void refusesASizeThatTheFamilyCannotHave() throws IOException {
        assertThat(
                        failure(
                                """
                                name: test
                                task: face
                                family: yunet
                                onnx: network.onnx
                                input: {width: 640, height: 360}
                                """))
                .contains("width and a height that are multiples of 32, not 640 x 360");
    }

    @Test
    void readsColorsOfClassesAndNamesOfOutputs() throws IOException {
        String segmentation =
                LEAST.replace("yolov8", "segmentation").replace("detection", "segmentation");

        ModelFile model =
                read(
                        segmentation
                                + """
                                labels: [road, sky]
                                colors: ["#804080", "#4682b4"]
                                output-tensors: [logits]
                                """);

        assertThat(model.colors()).containsExactly(0x804080, 0x4682b4);
        assertThat(model.outputTensors()).containsExactly("logits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colors: ['#804080']|one for each of the 2 labels, found 1",
                "colors: ['#804080', red]|[1]: expected \"#rrggbb\", found 'red'",
                "output-tensors: []|a list of 1 to 64",
                "output-tensors: [a, a]|is there already",
                "thresholds: {topk: 5}|find no objects; remove this",
                "class-attrs: {}|find no objects; remove this",
                "filter-out-class-ids: [0]|find no objects; remove this"
            })
    void refusesWhatSegmentationHasNoUseFor(String line, String message) throws IOException {
        String segmentation =
                LEAST.replace("yolov8", "segmentation").replace("detection", "segmentation");

        assertThat(failure(segmentation + "labels: [road, sky]\n" + line + "\n"))
                .contains("1 problem:", message);
    }
}

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

import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.model.ObjectLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportNvinferCommandTest {
    private static final String LEAST = "[property]\nonnx-file=net.onnx\ninfer-dims=3;384;640\n";

    @TempDir private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.write(folder.resolve("net.onnx"), new byte[] {1});
        Files.writeString(folder.resolve("labels.txt"), "person\ncar\nbus\n");
    }

    private CommandResult importFile(String text, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("config_infer.txt"), text);
        String[] arguments = {"model", "import-nvinfer", file.toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandResult.run(all);
    }

    private ModelFile read(CommandResult result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return ModelFileReader.read(Files.writeString(folder.resolve("model.yaml"), result.out()));
    }

    @Test
    void translatesADetector() throws IOException {
        CommandResult result =
                importFile(
                        """
                        # A detector as it is found in the wild.
                        [property]
                        gpu-id=0
                        net-scale-factor=0.003921569790691
                        model-color-format=1
                        onnx-file=net.onnx
                        labelfile-path=labels.txt
                        infer-dims=3;384;640
                        batch-size=4
                        network-mode=2
                        num-detected-classes=3
                        network-type=0
                        cluster-mode=2
                        maintain-aspect-ratio=1
                        symmetric-padding=1
                        offsets=1;2.5;3;
                        filter-out-class-ids=2
                        parse-bbox-func-name=NvDsInferParseYolo

                        [class-attrs-all]
                        nms-iou-threshold=0.45
                        pre-cluster-threshold=0.25
                        post-cluster-threshold=0.4
                        topk=300
                        detected-min-w=8

                        [class-attrs-1]
                        pre-cluster-threshold=0.6
                        detected-max-h=200
                        eps=0.5
                        """,
                        "--family=yolov8",
                        "--name=cameras");

        ModelFile model = read(result);
        assertThat(model.name()).isEqualTo("cameras");
        assertThat(model.family()).isEqualTo(Family.YOLOV8);
        assertThat(model.labels()).containsExactly("person", "car", "bus");
        assertThat(model.input().width()).isEqualTo(640);
        assertThat(model.input().height()).isEqualTo(384);
        assertThat(model.input().colorOrder()).isEqualTo(ColorOrder.BGR);
        assertThat(model.input().scaling()).isEqualTo(Scaling.CENTERED);
        assertThat(model.input().padValue()).isZero();
        assertThat(model.input().normalization().scale()).isEqualTo(0.003921569790691);
        assertThat(model.input().normalization().offsets()).containsExactly(1.0, 2.5, 3.0);
        assertThat(model.thresholds().preCluster()).isEqualTo(0.4f);
        assertThat(model.thresholds().nmsIou()).isEqualTo(0.45f);
        assertThat(model.thresholds().topk()).as("300 of each class").isEqualTo(900);
        assertThat(model.thresholds().classRules().filteredOut()).containsExactly(2);
        assertThat(model.thresholds().classRules().scoreThreshold(1, 0)).isEqualTo(0.6f);
        assertThat(model.thresholds().classRules().limits(1))
                .isEqualTo(new ObjectLimits(8, 0, 0, 200, 0, 0));
        assertThat(result.err())
                .contains("[property] gpu-id: ", "[property] batch-size: ", "network-mode: ")
                .contains("parse-bbox-func-name: ", "[class-attrs-1] eps: ", "6 not supported")
                .contains("[class-attrs-all] topk: 300 of each class in nvinfer, 900 of all")
                .doesNotContain("net-scale-factor", "cluster-mode");
    }

    @Test
    void whatHoldsAfterClusteringHoldsForClassesWithThresholdsOfTheirOwn() throws IOException {
        String classes =
                """

                [class-attrs-2]
                pre-cluster-threshold=0.3
                [class-attrs-3]
                pre-cluster-threshold=0.7
                [class-attrs-all]
                pre-cluster-threshold=0.2
                post-cluster-threshold=0.5
                """;
        ModelFile model = read(importFile(LEAST + classes, "--family=yolov5"));

        assertThat(model.thresholds().preCluster()).isEqualTo(0.5f);
        assertThat(model.thresholds().classRules().scoreThreshold(2, 0)).isEqualTo(0.5f);
        assertThat(model.thresholds().classRules().scoreThreshold(3, 0)).isEqualTo(0.7f);

        CommandResult unclustered =
                importFile(
                        LEAST.replace("[property]", "[property]\ncluster-mode=4") + classes,
                        "--family=yolov5");
        assertThat(unclustered.err()).contains("post-cluster-threshold: with cluster-mode=4");
        assertThat(read(unclustered).thresholds().preCluster()).isEqualTo(0.2f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-to-end", "efficient-nms"})
    void networksThatSuppressThemselvesHaveNoOverlap(String family) throws IOException {
        ModelFile model = read(importFile(LEAST, "--family=" + family));

        assertThat(model.family().label()).isEqualTo(family);
    }

    @Test
    void writesOutWhatNvinferAssumes() throws IOException {
        ModelFile model = read(importFile(LEAST, "--family=yolov5"));

        assertThat(model.name()).isEqualTo("config_infer");
        assertThat(model.thresholds().preCluster()).isEqualTo(0.2f);
        assertThat(model.thresholds().nmsIou()).isEqualTo(0.3f);
        assertThat(model.thresholds().topk()).isEqualTo(100_000);
        assertThat(model.input().normalization().scale()).isEqualTo(1);
        assertThat(model.input().scaling().maintainAspectRatio()).isFalse();
        assertThat(model.input().padValue()).isZero();
    }

    @Test
    void keepsAllBoxesWithoutClustering() throws IOException {
        String all = LEAST + "cluster-mode=4\n[class-attrs-all]\nnms-iou-threshold=0.3\n";

        assertThat(read(importFile(all, "--family=yolov5")).thresholds().nmsIou()).isEqualTo(1);
    }

    @Test
    void knowsSegmentationAndRawTensors() throws IOException {
        ModelFile segmentation =
                read(importFile(LEAST + "network-type=2\nsegmentation-threshold=0.0\n"));
        ModelFile tensors = read(importFile(LEAST + "network-type=100\noutput-blob-names=a;b\n"));
        ModelFile both =
                read(
                        importFile(
                                LEAST + "output-tensor-meta=1\noutput-blob-names=a\n",
                                "--family=yolov8"));

        assertThat(segmentation.family()).isEqualTo(Family.SEGMENTATION);
        assertThat(tensors.family()).isEqualTo(Family.TENSOR);
        assertThat(tensors.outputTensors()).containsExactly("a", "b");
        assertThat(both.outputTensors()).containsExactly("a");
    }

    @Test
    void namesEveryKeyThatItDoesNotKnow() throws IOException {
        CommandResult result =
                importFile(
                        LEAST
                                + "cluster-mode=1\nsomething-new=5\n[class-attrs-0]\ntopk=5\n"
                                + "[tests]\na=1\n",
                        "--family=yolov8");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("[property] cluster-mode: boxes are chosen by non-maximum")
                .contains("[property] something-new: unknown key")
                .contains("[class-attrs-0] topk: the same for all classes here")
                .contains("[tests] a: unknown group", "4 not supported");
    }

    @Test
    void writesPathsThatHoldWhereTheModelFileIs() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("m.yaml");

        CommandResult result = importFile(LEAST, "--family=yolov8", "--output=" + elsewhere);
        CommandResult again = importFile(LEAST, "--family=yolov8", "--output=" + elsewhere);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(ModelFileReader.read(elsewhere).onnx()).isEqualTo(folder.resolve("net.onnx"));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1|it has no [property]",
                "key without value|line 2: expected [group] or key=value",
                "[property]|give --family",
                "[property];network-type=1|network-type=1: detectors (0)",
                "[property];network-type=2|add infer-dims=3;HEIGHT;WIDTH",
                "[property];network-type=2;infer-dims=3,4,5|infer-dims=3,4,5 in [property] is wrong",
                "[property];network-type=2;net-scale-factor=x|net-scale-factor=x in [property]"
            })
    void saysWhyAFileCannotBeImported(String lines, String message) throws IOException {
        String text = "[other]\n" + lines.replace(';', '\n') + "\n";

        CommandResult result = importFile(text);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).doesNotContain("internal error");
    }

    @Test
    void refusesFamiliesThatThereAreNot() throws IOException {
        CommandResult result = importFile(LEAST, "--family=yolov99");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'yolov99' is no family", "yolov8");
    }
}

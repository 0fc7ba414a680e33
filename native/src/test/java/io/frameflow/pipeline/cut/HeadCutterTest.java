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
package io.frameflow.pipeline.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.onnx.WireMessage;
import io.frameflow.onnx.WireWriter;
import io.frameflow.resource.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of a few numbers, whose anchors are known because the test wrote them. */
@ExtendWith(LeakCheck.class)
class HeadCutterTest {
    private static final String MODEL =
            """
            name: tiny
            task: detection
            family: %s
            onnx: tiny.onnx
            input: {width: 32, height: 32}
            labels: [odd, even]
            """;

    @TempDir private Path folder;
    @TempDir private Path work;

    @BeforeEach
    void writeModel() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), MODEL.formatted("yolov5"));
    }

    private ModelFile model(byte[] network) throws IOException {
        Files.write(folder.resolve("tiny.onnx"), network);
        return ModelFileReader.read(folder.resolve("tiny.yaml"));
    }

    private CutHead cut(byte[] network) throws IOException {
        return HeadCutter.cut(model(network), work);
    }

    private static byte[] bytes(CutHead cut) {
        ByteBuffer bytes = cut.network().bytes();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static String text(CutHead cut) {
        return new String(bytes(cut), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TinyYolo.Head.class,
            names = {"SPLIT", "ONE_FORMULA"})
    void findsAnchorsHoweverTheHeadIsWritten(TinyYolo.Head head) throws IOException {
        CutHead cut = cut(TinyYolo.of(head, OnnxFile.OPEN));

        assertThat(cut.anchors()).isEqualTo(TinyYolo.ANCHORS);
        assertThat(cut.model().family()).isEqualTo(Family.YOLOV5_RAW);
        assertThat(cut.boxes()).isEqualTo(2 * (4 * 4 + 2 * 2));
        assertThat(cut.boxDifference()).isLessThan(2e-3);
        assertThat(cut.scoreDifference()).isLessThan(1e-6);
        assertThat(cut.operatorsLeftOut()).isGreaterThan(15);
        assertThat(cut.network().operators()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "1, 1", "3, 3"})
    void keepsTheBatchOfTheInput(int batch, int expected) throws IOException {
        CutHead cut = cut(TinyYolo.of(TinyYolo.Head.ONE_FORMULA, batch));

        assertThat(cut.outputs())
                .extracting(TensorInfo::shape)
                .containsExactly(List.of(expected, 14, 4, 4), List.of(expected, 14, 2, 2));
        Path file = Files.write(folder.resolve("cut.onnx"), bytes(cut));
        try (OnnxRuntimeEngine engine =
                OnnxRuntimeEngine.open(file, cut.model().input(), cut.model().onnxRuntime())) {
            assertThat(engine.signature().outputs()).isEqualTo(cut.outputs());
        }
    }

    @Test
    void takesAnyBatchWhereOnlyTheHeadWasForOneImage() throws IOException {
        CutHead cut = cut(TinyYolo.of(TinyYolo.Head.ONE_IMAGE, OnnxFile.OPEN));

        assertThat(cut.anchors()).isEqualTo(TinyYolo.ANCHORS);
        assertThat(cut.outputs())
                .extracting(output -> output.dimension(0))
                .containsExactly(TensorInfo.DYNAMIC, TensorInfo.DYNAMIC);
    }

    @Test
    void leavesSidesOpenThatTheInputLeavesOpen() throws IOException {
        CutHead cut = cut(TinyYolo.withOpenSides());

        assertThat(cut.anchors()).isEqualTo(TinyYolo.ANCHORS);
        WireMessage output =
                WireMessage.of(cut.network().bytes()).messages(7).get(0).messages(12).get(0);
        WireMessage shape = output.messages(2).get(0).messages(1).get(0).messages(2).get(0);
        assertThat(shape.messages(1))
                .extracting(dimension -> dimension.number(1))
                .containsExactly(
                        Optional.empty(), Optional.of(14L), Optional.empty(), Optional.empty());
    }

    @Test
    void keepsWhatTheFileSaysAndDropsWhatIsNotNeeded() throws IOException {
        ByteArrayOutputStream network = new ByteArrayOutputStream();
        network.writeBytes(TinyYolo.of(TinyYolo.Head.SPLIT, 1));
        WireWriter property = new WireWriter().text(1, "names").text(2, "odd and even");
        network.writeBytes(
                new WireWriter()
                        .text(2, "a training tool")
                        .message(14, property)
                        .number(4711, 12)
                        .bytes());

        String text = text(cut(network.toByteArray()));

        assertThat(text)
                .contains("a training tool", "odd and even")
                .contains(
                        new String(
                                new WireWriter().number(4711, 12).bytes(),
                                StandardCharsets.ISO_8859_1))
                .contains("last0", "body1", "raw1")
                .doesNotContain("anchors0", "corners1", "squeezed", "output0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPONENTS|width of candidate ",
                "DOUBLED_SCORES|objectness of candidate 0 (stride 8, anchor 0, row 0, column 0) is ",
                "SCALED|centre x of candidate 0 ",
                "COARSE_FIRST|in the order scale, anchor, row, column",
                "CELLS_FIRST|in the order scale, anchor, row, column"
            })
    void refusesHeadsThatSayOtherThings(TinyYolo.Head head, String message) throws IOException {
        ModelFile model = model(TinyYolo.of(head, 1));

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .isInstanceOf(FrameflowException.class)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_MODEL);
        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageStartingWith("cannot cut off the head of " + model.onnx() + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesOtherFamilies() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), MODEL.formatted("yolov8"));
        ModelFile model = model(TinyYolo.of(TinyYolo.Head.SPLIT, 1));

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining(
                        "is of family yolov8: only heads of family yolov5 can be cut off");
    }

    @Test
    void refusesOutputsOfOtherKinds() throws IOException {
        ModelFile model = model(OnnxFile.reshaping(new int[] {1, 3, 32, 32}, 0, 6, -1));

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("expected for family yolov5");
    }

    @Test
    void refusesNetworksWithoutConvolutions() throws IOException {
        ModelFile model = model(OnnxFile.reshaping(new int[] {1, 3, 32, 32}, 0, -1, 8));
        ModelFile anyClasses = withoutLabels(model);

        assertThatThrownBy(() -> HeadCutter.cut(anyClasses, work))
                .hasMessageContaining("behind which its head begins are none; expected is one");
    }

    @Test
    void refusesConvolutionsThatAreNoScales() throws IOException {
        byte[] network =
                new OnnxFile()
                        .input("images", OnnxFile.FLOAT, 1, 3, 32, 32)
                        .pixelWeights("weights", 1, 3, 1, 2, 3)
                        .integers("shape", 0, -1, 7)
                        .node("Conv", "raw", "images", "weights")
                        .node("Transpose", List.of("turned"), List.of("raw"), "perm", 0, 2, 3, 1)
                        .axisNode(
                                "Concat",
                                List.of("seven"),
                                List.of(
                                        "turned", "turned", "turned", "turned", "turned", "turned",
                                        "turned"),
                                3)
                        .node("Reshape", "output0", "seven", "shape")
                        .output("output0", OnnxFile.FLOAT, 1, 1024, 7)
                        .bytes();
        ModelFile model = model(network);

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("raw float32[1, 1, 32, 32]")
                .hasMessageContaining("expected is one for each scale, [batch, anchors * 7, rows")
                .hasMessageContaining("with 1024 boxes together");
    }

    @Test
    void refusesConvolutionsInHalfPrecision() throws IOException {
        byte[] network =
                new OnnxFile()
                        .input("images", OnnxFile.FLOAT, 1, 3, 32, 32)
                        .pixelWeights("weights", 7, 3, new float[21])
                        .integers("shape", 0, -1, 7)
                        .cast("half-images", "images", OnnxFile.FLOAT16)
                        .cast("half-weights", "weights", OnnxFile.FLOAT16)
                        .node("Conv", "raw", "half-images", "half-weights")
                        .cast("float", "raw", OnnxFile.FLOAT)
                        .node("Transpose", List.of("turned"), List.of("float"), "perm", 0, 2, 3, 1)
                        .node("Reshape", "output0", "turned", "shape")
                        .output("output0", OnnxFile.FLOAT, 1, 1024, 7)
                        .bytes();
        ModelFile model = model(network);

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("tiny.onnx: it cannot end at [raw]: ");
    }

    @Test
    void refusesWeightsInOtherFiles() throws IOException {
        WireWriter outside = new WireWriter().text(8, "weights").number(14, 1);
        WireWriter graph = new WireWriter().message(5, outside);
        ModelFile model = model(new WireWriter().message(7, graph).bytes());

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("tiny.onnx has weights in other files (external data)");
    }

    @Test
    void refusesWhatIsNoNetwork() throws IOException {
        ModelFile model = model("<html>not found</html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("tiny.onnx is not an ONNX file");
    }

    private ModelFile withoutLabels(ModelFile model) throws IOException {
        Path file = folder.resolve("tiny.yaml");
        String text = Files.readString(file).replace("labels: [odd, even]\n", "");
        return ModelFileReader.read(Files.writeString(file, text), model.onnx());
    }
}

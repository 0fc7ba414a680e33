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
package io.frameflow.engine.onnx;

import static io.frameflow.engine.TensorInfo.DYNAMIC;
import static io.frameflow.engine.onnx.OnnxFile.FLOAT;
import static io.frameflow.engine.onnx.OnnxFile.FLOAT16;
import static io.frameflow.engine.onnx.OnnxFile.INT64;
import static io.frameflow.engine.onnx.OnnxFile.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Small networks that give their input of 3 x 4 x 6 numbers in another shape. */
@ExtendWith(LeakCheck.class)
class OnnxRuntimeEngineTest {
    private static final int WIDTH = 6;
    private static final int HEIGHT = 4;
    private static final int EACH = 3 * HEIGHT * WIDTH;

    @TempDir private Path folder;

    private static InputSpec input(int width, int height) {
        return new InputSpec(
                width, height, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
    }

    private static int[] shape(int... sizes) {
        return sizes;
    }

    private OnnxRuntimeEngine open(byte[] network) throws IOException {
        Path file = Files.write(folder.resolve("network.onnx"), network);
        return OnnxRuntimeEngine.open(file, input(WIDTH, HEIGHT), OnnxRuntimeOptions.DEFAULT);
    }

    private static void fill(HostExecution execution, int images) {
        for (int i = 0; i < images * EACH; i++) {
            execution.input().put(i, i);
        }
    }

    @Test
    void readsWhatGoesInAndWhatComesOut() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, OPEN, OPEN), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network)) {
            assertThat(engine.signature().batch()).isEqualTo(BatchRange.ANY);
            assertThat(engine.signature().input())
                    .isEqualTo(
                            new TensorInfo(
                                    "images",
                                    ElementType.FLOAT32,
                                    List.of(DYNAMIC, 3, HEIGHT, WIDTH)));
            assertThat(engine.signature().outputs())
                    .containsExactly(
                            new TensorInfo(
                                    "output0", ElementType.FLOAT32, List.of(DYNAMIC, 12, 6)));
            assertThat(engine.info().engine()).isEqualTo("onnxruntime");
            assertThat(engine.info().version()).startsWith("1.");
            assertThat(engine.info().precision()).isEqualTo("fp32");
        }
    }

    @Test
    void namesTheNetworkByItsContent() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(1, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                OnnxRuntimeEngine again = open(network)) {
            assertThat(engine.info().networkSha256())
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(again.info().networkSha256());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 3, 1", // any batch size
        "-1, 3, 2",
        "-1, 3, 3",
        "1, 3, 2", // image by image
        "4, 4, 4", // four images a run, in one run
        "4, 6, 5", // in two, of which the second is not full
        "4, 1, 1", // in one that is not full
    })
    void givesEachImageItsOwnResults(int batch, int capacity, int images) throws IOException {
        byte[] network = OnnxFile.reshaping(shape(batch, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution execution = engine.newExecution(capacity)) {
            fill(execution, images);

            execution.run(images);

            assertThat(execution.capacity()).isEqualTo(capacity);
            assertThat(execution.outputs()).hasSize(1);
            for (int i = 0; i < images * EACH; i++) {
                assertThat(execution.outputs().get(0).get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void usesItsMemoryAgain() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution execution = engine.newExecution(2)) {
            for (int round = 0; round < 50; round++) {
                execution.input().put(0, round);
                execution.run(1 + round % 2);
                assertThat(execution.outputs().get(0).get(0)).isEqualTo(round);
            }
        }
    }

    @Test
    void keepsTwoExecutionsApart() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution one = engine.newExecution(1);
                HostExecution other = engine.newExecution(1)) {
            one.input().put(0, 1);
            other.input().put(0, 2);

            one.run(1);
            other.run(1);

            assertThat(one.outputs().get(0).get(0)).isEqualTo(1);
            assertThat(other.outputs().get(0).get(0)).isEqualTo(2);
        }
    }

    @Test
    void runsImageByImageWhatMixesTheImagesOfABatch() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 1, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution execution = engine.newExecution(2)) {
            assertThat(engine.signature().batch()).isEqualTo(BatchRange.exactly(1));
            fill(execution, 2);

            execution.run(2);

            assertThat(execution.outputs().get(0).get(2 * EACH - 1)).isEqualTo(2 * EACH - 1);
        }
    }

    /** As YuFaceDetectNet: the rows of all images, one behind the other. */
    @Test
    void takesApartWhatIsMergedInOrder() throws IOException {
        byte[] network =
                new OnnxFile()
                        .input("images", FLOAT, OPEN, 3, HEIGHT, WIDTH)
                        .integers("shape", -1, 6)
                        .node("Reshape", "output0", "images", "shape")
                        .output("output0", FLOAT, OPEN, 6)
                        .bytes();
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution execution = engine.newExecution(2)) {
            assertThat(engine.signature().batch()).isEqualTo(BatchRange.ANY);
            assertThat(engine.signature().outputs().get(0).shape())
                    .containsExactly(OPEN, EACH / 6, 6);
            fill(execution, 2);

            execution.run(2);

            assertThat(execution.outputs().get(0).get(2 * EACH - 1)).isEqualTo(2 * EACH - 1);
        }
    }

    static Stream<Arguments> unfitNetworks() {
        byte[] fits = OnnxFile.reshaping(shape(1, 3, HEIGHT, WIDTH), 0, -1, 6);
        byte[] cut = Arrays.copyOf(fits, fits.length / 2);
        return Stream.of(
                arguments("nothing", new byte[0], "network.onnx"),
                arguments(
                        "text",
                        "not a network".getBytes(StandardCharsets.UTF_8),
                        "it is not an ONNX file"),
                arguments("half a file", cut, "network.onnx"),
                arguments(
                        "another size",
                        OnnxFile.reshaping(shape(1, 3, 8, 8), 0, -1, 6),
                        "input is images float32[1, 3, 8, 8], expected float32[batch, 3, 4, 6]"),
                arguments(
                        "channels last",
                        OnnxFile.reshaping(shape(1, HEIGHT, WIDTH, 3), 0, -1, 6),
                        "input is images float32[1, 4, 6, 3]"),
                arguments(
                        "gray",
                        OnnxFile.reshaping(shape(OPEN, 1, HEIGHT, WIDTH), 0, -1, 6),
                        "input is images float32[?, 1, 4, 6]"),
                arguments(
                        "three dimensions",
                        OnnxFile.reshaping(shape(3, HEIGHT, WIDTH), 1, -1, 6),
                        "input is images float32[3, 4, 6]"),
                arguments(
                        "half precision",
                        new OnnxFile()
                                .input("images", FLOAT16, 1, 3, HEIGHT, WIDTH)
                                .cast("output0", "images", FLOAT)
                                .output("output0", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .bytes(),
                        "input is images float16[1, 3, 4, 6]"),
                arguments(
                        "two inputs",
                        new OnnxFile()
                                .input("images", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .input("sizes", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .node("Add", "output0", "images", "sizes")
                                .output("output0", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .bytes(),
                        "needs one input, float32[batch, 3, 4, 6], but has [images float32"),
                arguments(
                        "integers as output",
                        new OnnxFile()
                                .input("images", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .cast("output0", "images", INT64)
                                .output("output0", INT64, 1, 3, HEIGHT, WIDTH)
                                .bytes(),
                        "output is output0 int64[1, 3, 4, 6], expected float32"),
                arguments(
                        "an operator that nobody has",
                        new OnnxFile()
                                .input("images", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .node("Telepathy", "output0", "images")
                                .output("output0", FLOAT, 1, 3, HEIGHT, WIDTH)
                                .bytes(),
                        "Telepathy"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfitNetworks")
    void saysWhatIsWrongWithANetwork(String what, byte[] network, String expected) {
        FrameflowException failure =
                catchThrowableOfType(FrameflowException.class, () -> open(network));

        assertThat(failure).as(what).hasMessageContaining(expected);
        assertThat(failure).hasMessageContaining("network.onnx");
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL);
    }

    @Test
    void saysThatTheFileIsMissing() {
        Path file = folder.resolve("absent.onnx");

        assertThatThrownBy(
                        () ->
                                OnnxRuntimeEngine.open(
                                        file, input(WIDTH, HEIGHT), OnnxRuntimeOptions.DEFAULT))
                .isInstanceOf(FrameflowException.class)
                .hasMessageContaining("absent.onnx");
    }

    @Test
    void refusesBatchesThatDoNotFit() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network);
                HostExecution execution = engine.newExecution(2)) {
            assertThatThrownBy(() -> execution.run(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> execution.run(3)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.newExecution(0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void saysHowToGetMoreMemory() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 0, -1, 6);
        try (OnnxRuntimeEngine engine = open(network)) {
            FrameflowException failure =
                    catchThrowableOfType(
                            FrameflowException.class, () -> engine.newExecution(100_000_000));

            assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
            assertThat(failure).hasMessageContaining("taskmanager.memory.task.off-heap.size");
        }
    }

    @Test
    void refusesUseAfterClosing() throws IOException {
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, HEIGHT, WIDTH), 0, -1, 6);
        OnnxRuntimeEngine engine = open(network);
        HostExecution execution = engine.newExecution(1);
        execution.close();
        execution.close();
        engine.close();
        engine.close();

        assertThatThrownBy(() -> execution.run(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(execution::input).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(execution::outputs).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.newExecution(1)).isInstanceOf(IllegalStateException.class);
    }

    /** Each round takes 8 MiB, so that a leak of it is 1.6 GiB in the end. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesMemoryAsItWasAfterManyOpensAndCloses() throws IOException {
        int side = 341;
        byte[] network = OnnxFile.reshaping(shape(OPEN, 3, side, side), 0, 3, -1);
        Path file = Files.write(folder.resolve("large.onnx"), network);
        long before = 0;
        for (int round = 0; round < 200; round++) {
            if (round == 20) {
                before = residentBytes();
            }
            try (OnnxRuntimeEngine engine =
                            OnnxRuntimeEngine.open(
                                    file, input(side, side), new OnnxRuntimeOptions(1));
                    HostExecution execution = engine.newExecution(3)) {
                execution.run(1);
            }
        }
        assertThat(residentBytes() - before).isLessThan(128 << 20);
    }

    private static long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
    }
}

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
package io.frameflow.pipeline.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.Precision;
import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.SlotResources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelPipelineFactoryTest {
    private static final String MODEL_FILE =
            Path.of("..", "deploy", "models", "yolov8.yaml").toString();

    /** A network of the family YOLOv8 with two classes, whose output is its input. */
    private static String smallModel(Path folder) throws IOException {
        byte[] network = OnnxFile.reshaping(new int[] {OnnxFile.OPEN, 3, 32, 32}, 0, 6, -1);
        Files.write(folder.resolve("small.onnx"), network);
        String text =
                """
                name: small
                task: detection
                family: yolov8
                onnx: small.onnx
                input: {width: 32, height: 32}
                """;
        return Files.writeString(folder.resolve("small.yaml"), text).toString();
    }

    @Test
    void saysWhatTensorRtNeeds(@TempDir Path folder) throws IOException {
        var settings = PipelineSettings.of(smallModel(folder), null, EngineChoice.TENSORRT, 1);

        assertFails(settings, FailureCode.ENGINE_UNAVAILABLE, "engine onnxruntime");
    }

    @Test
    void runsOnTheCpuWhereNoCardCanBeUsed(@TempDir Path folder) throws IOException {
        var settings = PipelineSettings.of(smallModel(folder), null, EngineChoice.AUTO, 1);

        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            assertThat(pipeline.model().engine()).isEqualTo("onnxruntime");
        }
    }

    @Test
    void doesNotRunOnTheCpuWhereACardWasPromised(@TempDir Path folder) throws IOException {
        var settings = PipelineSettings.of(smallModel(folder), null, EngineChoice.AUTO, 1);
        SlotResources slot = SlotResources.ofGpus(List.of(0));

        assertThatThrownBy(() -> new ModelPipelineFactory(settings).open(slot))
                .extracting(failure -> ((FrameflowException) failure).code())
                .isEqualTo(FailureCode.ENGINE_UNAVAILABLE);
    }

    @Test
    void opensAnotherModelLikeTheFirst(@TempDir Path folder) throws IOException {
        var settings =
                PipelineSettings.of("no-such-model.yaml", "no.onnx", EngineChoice.ONNXRUNTIME, 1);

        try (FramePipeline pipeline =
                new ModelPipelineFactory(settings).withModel(smallModel(folder)).open()) {
            assertThat(pipeline.maxBatchSize()).isEqualTo(1);
        }
    }

    @Test
    void whatWasNamedBesideAModelFileIsNotForAnother() {
        PlanSettings plan = new PlanSettings(Precision.INT8, "/cache", "/plans/a.plan");
        PipelineSettings other =
                PipelineSettings.of("a.yaml", "a.onnx", EngineChoice.TENSORRT, 7)
                        .withPlan(plan)
                        .withModel("b.yaml");

        assertThat(other)
                .isEqualTo(
                        PipelineSettings.of("b.yaml", null, EngineChoice.TENSORRT, 7)
                                .withPlan(new PlanSettings(Precision.INT8, "/cache", null)));
    }

    @Test
    void saysWhichFileIsMissing(@TempDir Path folder) {
        String missing = folder.resolve("missing.yaml").toString();

        assertFails(
                PipelineSettings.of(missing, null, EngineChoice.AUTO, 1),
                FailureCode.INVALID_MODEL_FILE,
                missing);
        assertFails(
                PipelineSettings.of(MODEL_FILE, missing, EngineChoice.AUTO, 1),
                FailureCode.INVALID_MODEL_FILE,
                missing);
    }

    @Test
    void saysThatAFileIsNoNetwork(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("text.onnx"), new byte[] {1, 2, 3, 4});

        assertFails(
                PipelineSettings.of(MODEL_FILE, file.toString(), EngineChoice.ONNXRUNTIME, 1),
                FailureCode.INVALID_MODEL,
                "text.onnx");
    }

    @Test
    void travelsInSerializedForm() throws Exception {
        String missing = "no-such-model.yaml";
        var factory =
                new ModelPipelineFactory(PipelineSettings.of(missing, null, EngineChoice.AUTO, 32));
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(factory);
        }

        Object read;
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }

        assertThat(read).isInstanceOf(ModelPipelineFactory.class);
        assertThatThrownBy(((ModelPipelineFactory) read)::open).hasMessageContaining(missing);
    }

    @ParameterizedTest
    @EnumSource(EngineChoice.class)
    void readsEnginesByTheirLabels(EngineChoice choice) {
        assertThat(EngineChoice.ofLabel(choice.label())).contains(choice);
        assertThat(EngineChoice.ofLabel(choice.name())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, -1"})
    void checksRanges(int maxBatchSize, int decodingThreads) {
        assertThatThrownBy(
                        () ->
                                new PipelineSettings(
                                        MODEL_FILE,
                                        null,
                                        EngineChoice.AUTO,
                                        maxBatchSize,
                                        decodingThreads,
                                        DecodeLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void choosesTheNumberOfDecodingThreadsWhereItIsOpened() {
        var chosen = new PipelineSettings("f", null, EngineChoice.AUTO, 1, 7, DecodeLimits.DEFAULT);

        assertThat(chosen.decodingThreadsHere()).isEqualTo(7);
        assertThat(PipelineSettings.of("f", null, EngineChoice.AUTO, 1).decodingThreadsHere())
                .isBetween(1, 4);
    }

    private static void assertFails(PipelineSettings settings, FailureCode code, String message) {
        assertThatThrownBy(new ModelPipelineFactory(settings)::open)
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}

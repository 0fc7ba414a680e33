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
import static org.assertj.core.api.Assertions.within;

import io.frameflow.engine.Precision;
import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.build.BuildOptions;
import io.frameflow.engine.tensorrt.build.BuildRequest;
import io.frameflow.engine.tensorrt.build.EngineBuild;
import io.frameflow.engine.tensorrt.build.PlanTrial;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans that end in EfficientNMS, beside decoding and suppression on the CPU. The networks give
 * their input in the shape of a YOLO head, so that a picture says which candidates there are.
 */
@Tag("gpu")
@Tag("builder")
@ExtendWith(LeakCheck.class)
class AppendedNmsGpuTest {
    private static final int SIDE = 32;

    /** Pixels are eighths, of a pixel of the input and of a score. */
    private static final int STEP = 8;

    @TempDir private Path folder;

    /**
     * Candidates: {@code centre x, centre y, width, height} in pixels, class, and score in eighths.
     * The second gives way to the first, the third is of another class, the fifth overlaps the
     * fourth by exactly a half, and the sixth is too weak.
     */
    private static final int[][] CANDIDATES = {
        {10, 10, 8, 8, 0, 7},
        {11, 10, 8, 8, 0, 6},
        {11, 10, 8, 8, 1, 5},
        {24, 24, 6, 6, 0, 4},
        {26, 24, 6, 6, 0, 3},
        {5, 25, 4, 4, 1, 1},
    };

    private ModelFile model(String family, double score) throws IOException {
        boolean rows = family.equals("yolov5");
        int[] shape = rows ? new int[] {0, -1, 7} : new int[] {0, 6, -1};
        // 3 x 32 x 28 is a multiple of seven numbers.
        int width = rows ? 28 : SIDE;
        Files.write(
                folder.resolve("network.onnx"),
                OnnxFile.reshaping(new int[] {OnnxFile.OPEN, 3, SIDE, width}, shape));
        Path file =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: %s
                        onnx: network.onnx
                        labels: [one, other]
                        input: {width: %d, height: 32, net-scale-factor: 0.125}
                        thresholds: {pre-cluster-threshold: %s, nms-iou-threshold: 0.45}
                        """
                                .formatted(family, width, score));
        return ModelFileReader.read(file);
    }

    /** The candidates as a picture, in the layout of the family. */
    private static EncodedFrame picture(String family) {
        boolean rows = family.equals("yolov5");
        int width = rows ? 28 : SIDE;
        int[] numbers = new int[3 * SIDE * width];
        int anchors = numbers.length / (rows ? 7 : 6);
        for (int i = 0; i < CANDIDATES.length; i++) {
            int[] candidate = CANDIDATES[i];
            int anchor = 3 * i;
            for (int k = 0; k < 4; k++) {
                numbers[rows ? 7 * anchor + k : k * anchors + anchor] = STEP * candidate[k];
            }
            if (rows) {
                numbers[7 * anchor + 4] = STEP;
            }
            int channel = (rows ? 5 : 4) + candidate[4];
            numbers[rows ? 7 * anchor + channel : channel * anchors + anchor] = candidate[5];
        }
        byte[] pixels = new byte[numbers.length];
        int plane = SIDE * width;
        for (int i = 0; i < numbers.length; i++) {
            pixels[i % plane * 3 + i / plane] = (byte) numbers[i];
        }
        return new EncodedFrame(
                "camera", 0, 0, ImageEncoding.RGB8, width, SIDE, ByteBuffer.wrap(pixels));
    }

    private Path build(ModelFile model) {
        return EngineBuild.run(
                        new BuildRequest(
                                model,
                                0,
                                new BuildOptions(
                                        Precision.FP32,
                                        Optional.empty(),
                                        0,
                                        64 << 20,
                                        List.of(),
                                        true),
                                new EngineCache(folder.resolve("engines")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                PlanTrial.NONE),
                        step -> {})
                .plan()
                .plan();
    }

    private FramePipeline onTheCard(Path plan) {
        PipelineSettings settings =
                PipelineSettings.of(
                                folder.resolve("model.yaml").toString(),
                                null,
                                EngineChoice.TENSORRT,
                                4)
                        .withPlan(new PlanSettings(Precision.FP32, null, plan.toString()));
        return new ModelPipelineFactory(settings).open();
    }

    private static Detections examine(FramePipeline pipeline, EncodedFrame frame) throws Exception {
        FrameResult result = pipeline.submit(List.of(frame)).get().get(0);
        assertThat(result).isInstanceOf(FrameResult.Examined.class);
        return ((FrameResult.Examined) result).detections();
    }

    private static void assertFound(Detections found) {
        // One after the other by score: the first, the third and the fourth candidate.
        int[] kept = {0, 2, 3};
        assertThat(found.count()).isEqualTo(kept.length);
        for (int i = 0; i < kept.length; i++) {
            int[] candidate = CANDIDATES[kept[i]];
            assertThat(found.classIds()[i]).isEqualTo(candidate[4]);
            // Eighths are exact in binary.
            assertThat(found.scores()[i]).isEqualTo(candidate[5] / 8f);
            assertThat(found.boxes()[4 * i])
                    .isEqualTo(candidate[0] - candidate[2] / 2f, within(1e-4f));
            assertThat(found.boxes()[4 * i + 1])
                    .isEqualTo(candidate[1] - candidate[3] / 2f, within(1e-4f));
            assertThat(found.boxes()[4 * i + 2]).isEqualTo(candidate[2], within(1e-4f));
            assertThat(found.boxes()[4 * i + 3]).isEqualTo(candidate[3], within(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yolov5", "yolov8"})
    void findsWhatTheCpuFinds(String family) throws Exception {
        ModelFile model = model(family, 0.25);
        EncodedFrame frame = picture(family);
        try (FramePipeline reference = HostPipelines.onnxRuntime(model)) {
            assertFound(examine(reference, frame));
        }
        Path plan = build(model);

        try (FramePipeline pipeline =
                HostPipelines.tensorRt(model, new LocatedPlan(plan, "", "build it"), 0)) {
            assertFound(examine(pipeline, frame));
        }
        try (FramePipeline pipeline = onTheCard(plan)) {
            assertFound(examine(pipeline, frame));
        }
    }

    @Test
    void isNotUsedForThresholdsThatItHasNot() throws Exception {
        Path plan = build(model("yolov8", 0.25));
        model("yolov8", 0.2);

        assertThatThrownBy(() -> onTheCard(plan))
                .hasMessageContainingAll("thresholds of its own", "--append-nms")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }
}

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

import io.frameflow.engine.ElementType;
import io.frameflow.engine.Precision;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.PlanInspection;
import io.frameflow.engine.tensorrt.RemovedHead;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.build.BuildOptions;
import io.frameflow.engine.tensorrt.build.BuildRequest;
import io.frameflow.engine.tensorrt.build.EngineBuild;
import io.frameflow.engine.tensorrt.build.PlanTrial;
import io.frameflow.engine.tensorrt.build.WholeNetwork;
import io.frameflow.file.DurableFile;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.cut.CutFiles;
import io.frameflow.pipeline.cut.CutHead;
import io.frameflow.pipeline.cut.HeadCutter;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** YOLOv5n's real weights without its head, built for the card, from JPEG files to detections. */
@Tag("gpu")
@Tag("builder")
@ExtendWith(LeakCheck.class)
class CutHeadGpuTest {
    private static final int BATCH = 8;

    private static final Path SOURCE = Path.of("..", "deploy", "models", "yolov5.yaml");
    private static final Path WHOLE = ReferenceData.file("models/yolov5n_640_dynbatch.onnx");

    @TempDir private Path folder;

    /** What is asked of single precision is asked of the whole network too. */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "FP16"})
    void findsWhatTheReferenceFound(Precision precision) throws Exception {
        cut();
        Path plan = build(precision);

        assertFound(
                settings(folder.resolve("cut.yaml"), folder.resolve("cut.onnx"), precision, plan));
    }

    /** What 'engine build' does by itself. */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "FP16"})
    void findsItWithTheModelFileOfTheWholeNetworkToo(Precision precision) throws Exception {
        Path plan = buildFor(ModelFileReader.read(SOURCE, WHOLE), precision);

        assertFound(settings(SOURCE, WHOLE, precision, plan));
    }

    private static void assertFound(PipelineSettings settings) throws Exception {
        boolean half = settings.plan().precision() == Precision.FP16;
        ElementType type = half ? ElementType.FLOAT16 : ElementType.FLOAT32;
        assertThat(outputs(settings)).extracting(TensorInfo::type).containsOnly(type).hasSize(3);
        ReferenceDetections expected = ReferenceDetections.read();
        int compared = 0;
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            for (String name : expected.names()) {
                EncodedFrame frame = expected.frame(name);
                FrameResult result = pipeline.submit(List.of(frame)).get().get(0);
                assertThat(result).isInstanceOf(FrameResult.Examined.class);
                Detections found = ((FrameResult.Examined) result).detections();
                compared +=
                        half
                                ? expected.assertOverlapping(name, found, 0.9f, 0.03f)
                                : expected.assertFound(name, found, 2, 0.02f);
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static List<TensorInfo> outputs(PipelineSettings settings) {
        Path plan = Path.of(String.valueOf(settings.plan().plan()));
        return PlanInspection.of(plan, 0, "build it again").signature().outputs();
    }

    private void cut() throws Exception {
        Path probes = Files.createDirectory(folder.resolve("probes"));
        CutFiles.write(
                HeadCutter.cut(ModelFileReader.read(SOURCE, WHOLE), probes),
                SOURCE,
                folder.resolve("cut.onnx"),
                folder.resolve("cut.yaml"));
    }

    private Path build(Precision precision) {
        return build(
                ModelFileReader.read(folder.resolve("cut.yaml"), folder.resolve("cut.onnx")),
                Optional.empty(),
                precision);
    }

    private Path buildFor(ModelFile whole, Precision precision) throws IOException {
        Path probes = Files.createDirectory(folder.resolve("probes"));
        CutHead cut = HeadCutter.cut(whole, probes);
        Path network = folder.resolve("without-head.onnx");
        DurableFile.write(network, cut.network().bytes());
        return build(
                cut.model().withNetwork(network),
                Optional.of(
                        new WholeNetwork(
                                whole.onnx(),
                                Sha256.of(whole.onnx()),
                                new RemovedHead(cut.anchors()))),
                precision);
    }

    private Path build(ModelFile model, Optional<WholeNetwork> whole, Precision precision) {
        BuildRequest request =
                new BuildRequest(
                        model,
                        whole,
                        0,
                        new BuildOptions(precision, Optional.empty(), 0, 64 << 20),
                        new EngineCache(folder.resolve("engines")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        PlanTrial.NONE);
        return EngineBuild.run(request, step -> {}).plan().plan();
    }

    private static PipelineSettings settings(
            Path model, Path network, Precision precision, Path plan) {
        return PipelineSettings.of(
                        model.toString(), network.toString(), EngineChoice.TENSORRT, BATCH)
                .withPlan(new PlanSettings(precision, null, plan.toString()));
    }
}

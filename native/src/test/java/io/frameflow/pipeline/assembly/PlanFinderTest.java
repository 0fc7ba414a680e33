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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.GoldenFrame;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFinderTest {
    private static final String VERSION = "10.6.0.26";
    private static final byte[] NETWORK = {1, 2, 3};
    private static final CudaDevice CARD = new CudaDevice(0, "NVIDIA H200", 9, 0, 1L << 37, 132);

    @TempDir private Path folder;
    private Path modelFile;
    private Path onnx;
    private Path cache;

    @BeforeEach
    void write() throws IOException {
        onnx = Files.write(folder.resolve("my network.onnx"), NETWORK);
        modelFile =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: yolov8
                        onnx: my network.onnx
                        input: {width: 32, height: 32}
                        """);
        cache = folder.resolve("engines");
    }

    private PipelineSettings settings(PlanSettings plan) {
        return PipelineSettings.of(modelFile.toString(), null, EngineChoice.TENSORRT, 16)
                .withPlan(plan);
    }

    private LocatedPlan find(PipelineSettings settings, CudaDevice card) {
        return new PlanFinder(settings, settings.readModel(), card, VERSION).find();
    }

    private Path store(String card, Precision precision) {
        return store(card, precision, PlanVariant.PLAIN);
    }

    private Path store(String card, Precision precision, PlanVariant variant) {
        byte[] plan = {7};
        PlanKey key =
                new PlanKey(
                        Sha256.of(NETWORK),
                        VERSION,
                        card,
                        "9.0",
                        precision,
                        new BatchProfile(1, 8, 16),
                        3,
                        0,
                        variant);
        return new EngineCache(cache)
                .store(
                        new PlanMetadata(
                                "my network.onnx",
                                key,
                                Sha256.of(plan),
                                Instant.EPOCH,
                                1,
                                new GoldenFrame(List.of())),
                        ByteBuffer.wrap(plan))
                .plan();
    }

    @Test
    void findsThePlanInTheCache() {
        Path stored = store("NVIDIA H200", Precision.FP16);

        LocatedPlan found =
                find(settings(new PlanSettings(Precision.FP16, cache.toString(), null)), CARD);

        assertThat(found.file()).isEqualTo(stored);
        assertThat(found.networkSha256()).isEqualTo(Sha256.of(NETWORK));
    }

    @Test
    void takesAPlanThatIsGiven() {
        LocatedPlan found =
                find(settings(new PlanSettings(Precision.FP16, null, "/plans/x.plan")), CARD);

        assertThat(found.file()).isEqualTo(Path.of("/plans/x.plan"));
        assertThat(found.remedy()).endsWith(" --batch-max 16 --output /plans/x.plan");
    }

    @Test
    void saysWhichCommandBuildsAMissingPlan() {
        store("NVIDIA L4", Precision.FP32);
        PipelineSettings settings =
                PipelineSettings.of(modelFile.toString(), onnx.toString(), EngineChoice.AUTO, 16)
                        .withPlan(new PlanSettings(Precision.FP32, cache.toString(), null));
        CudaDevice second = new CudaDevice(1, "NVIDIA H200", 9, 0, 1L << 37, 132);

        assertThatThrownBy(() -> find(settings, second))
                .hasMessageContainingAll(
                        "there is no plan of " + onnx,
                        "for fp32 on NVIDIA H200 with TensorRT 10.6.0.26",
                        "(only for fp32 on NVIDIA L4 with TensorRT 10.6.0.26)")
                .hasMessageEndingWith(
                        "build it on this machine: ./frameflow engine build --model %s --onnx '%s'"
                                + " --precision fp32 --batch-max 16 --gpu 1 --engine-cache %s",
                        modelFile, onnx, cache)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }

    @Test
    void saysThatThePlanWasBuiltByOtherRules() {
        store(
                "NVIDIA H200",
                Precision.INT8,
                new PlanVariant(
                        Optional.of("cd".repeat(32)),
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        PipelineSettings settings =
                settings(new PlanSettings(Precision.INT8, cache.toString(), null));

        assertThatThrownBy(() -> find(settings, CARD))
                .hasMessageContainingAll(
                        "there is no plan of " + onnx,
                        "(only for int8 on NVIDIA H200 with TensorRT 10.6.0.26 by rules of another"
                                + " version of Frameflow (revision 0))",
                        "build it on this machine: ./frameflow engine build")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }

    @Test
    void quotesWhatAShellWouldRead() {
        PipelineSettings settings =
                PipelineSettings.of("it's $HOME.yaml", null, EngineChoice.AUTO, 1);

        assertThat(BuildCommand.of(settings, 0))
                .isEqualTo(
                        "./frameflow engine build --model 'it'\\''s $HOME.yaml' --precision fp16"
                                + " --batch-max 1");
    }
}

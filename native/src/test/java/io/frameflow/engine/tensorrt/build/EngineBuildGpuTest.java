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
package io.frameflow.engine.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.Precision;
import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.engine.tensorrt.calibrate.CalibrationAlgorithm;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Needs TensorRT's builder, which not every machine with a card has: a tag of its own. */
@Tag("gpu")
@Tag("builder")
@ExtendWith(LeakCheck.class)
class EngineBuildGpuTest {
    private static final int SIDE = 32;
    private static final String REMEDY = "build it again";

    /** Shared by the tests that are about something else: to make one takes some ten seconds. */
    private static final TensorRtBuilder BUILDER = new TensorRtBuilder();

    @TempDir private Path folder;
    private EngineCache cache;
    private CudaDevice device;

    @BeforeAll
    static void openBuilder() {
        CudaDevice.open(0);
        TensorRtLibrary.load();
        BUILDER.handle();
    }

    @AfterAll
    static void closeBuilder() {
        BUILDER.close();
    }

    @BeforeEach
    void open() {
        cache = new EngineCache(folder.resolve("engines"));
        device = CudaDevice.open(0);
    }

    /** Sigmoid of the input, as [batch, 6, 512]. */
    private static byte[] network(int batch) {
        return new OnnxFile()
                .input("images", OnnxFile.FLOAT, batch, 3, SIDE, SIDE)
                .integers("shape", 0, 6, -1)
                .node("Sigmoid", "squeezed", "images")
                .node("Reshape", "output0", "squeezed", "shape")
                .output("output0", OnnxFile.FLOAT, OnnxFile.OPEN, OnnxFile.OPEN, OnnxFile.OPEN)
                .bytes();
    }

    private BuildRequest request(
            byte[] onnx, Precision precision, BatchProfile batch, boolean rebuild)
            throws IOException {
        Files.write(folder.resolve("network.onnx"), onnx);
        Path file =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: yolov8
                        onnx: network.onnx
                        input: {width: 32, height: 32}
                        """);
        ModelFile model = ModelFileReader.read(file);
        return new BuildRequest(
                model,
                0,
                new BuildOptions(precision, Optional.ofNullable(batch), 0, 64 << 20),
                cache,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                rebuild,
                PlanTrial.NONE);
    }

    private static void ignore(String step) {
        // Progress is not what these tests are about.
    }

    private static BuildResult build(BuildRequest request) {
        return EngineBuild.run(request, EngineBuildGpuTest::ignore, BUILDER);
    }

    private CalibrationCache calibrate(ModelFile model, CalibrationAlgorithm algorithm) {
        return CalibrationBuild.run(
                model,
                0,
                Optional.of(folder.resolve("kernels.timing")),
                algorithm,
                2,
                batch -> new CalibrationNumbers(),
                EngineBuildGpuTest::ignore,
                BUILDER);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "FP16"})
    void buildsAPlanThatThePipelineCanLoad(Precision precision) throws IOException {
        List<String> steps = new CopyOnWriteArrayList<>();
        BuildResult result =
                EngineBuild.run(
                        request(
                                network(OnnxFile.OPEN),
                                precision,
                                new BatchProfile(1, 2, 4),
                                false),
                        steps::add,
                        BUILDER);

        PlanMetadata metadata = result.plan().metadata();
        assertThat(result.built()).isTrue();
        assertThat(metadata.key().precision()).isEqualTo(precision);
        assertThat(steps).contains("building", "storing the plan");
        try (EngineRegistry.Lease lease =
                EngineRegistry.acquire(result.plan().plan(), device, REMEDY)) {
            assertThat(lease.engine().signature().batch()).isEqualTo(new BatchRange(1, 4));
            assertThat(lease.engine().info().precision()).isEqualTo(precision.label());
            // Half precision spares the engine a conversion of its input; boxes need more.
            assertThat(lease.engine().signature().input().type())
                    .isEqualTo(
                            precision == Precision.FP16
                                    ? ElementType.FLOAT16
                                    : ElementType.FLOAT32);
            assertThat(lease.engine().signature().outputs().get(0).type())
                    .isEqualTo(ElementType.FLOAT32);
        }
        // The golden frame lies between 0 and 1, so that its sigmoid lies between 0.5 and 0.7311.
        assertThat(metadata.golden().outputs()).hasSize(1);
        assertThat(metadata.golden().outputs().get(0).samples())
                .hasSize(512)
                .allMatch(value -> value >= 0.4999f && value <= 0.7316f);
    }

    @Test
    void buildsOnceUnlessToldOtherwise() throws IOException {
        byte[] onnx = network(OnnxFile.OPEN);
        BuildRequest request = request(onnx, Precision.FP32, null, false);
        BuildResult first = build(request);

        assertThat(build(request).built()).isFalse();
        assertThat(build(request(onnx, Precision.FP32, null, true)).built()).isTrue();
        assertThat(cache.list()).hasSize(1);
        assertThat(first.plan().metadata().key().batch()).isEqualTo(BuildOptions.DEFAULT_BATCH);
        try (var files = Files.list(cache.folder().resolve("timing"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void takesTheBatchSizeThatTheNetworkHasFixed() throws IOException {
        BuildResult result = build(request(network(2), Precision.FP32, null, false));

        assertThat(result.plan().metadata().key().batch()).isEqualTo(new BatchProfile(2, 2, 2));
        try (EngineRegistry.Lease lease =
                EngineRegistry.acquire(result.plan().plan(), device, REMEDY)) {
            assertThat(lease.engine().signature().batch()).isEqualTo(BatchRange.exactly(2));
        }
        assertFails(
                request(network(2), Precision.FP32, new BatchProfile(1, 4, 4), false),
                FailureCode.INVALID_SETTINGS,
                "exactly 2");
    }

    @ParameterizedTest
    @EnumSource(CalibrationAlgorithm.class)
    void calibratesOnceAndBuildsFromTheCache(CalibrationAlgorithm algorithm) throws IOException {
        byte[] onnx = network(OnnxFile.OPEN);
        Path file = folder.resolve("scales.cache");
        BuildRequest asking = request(onnx, Precision.INT8, null, true);

        CalibrationCache found = calibrate(asking.model(), algorithm);
        found.write(
                file,
                new CalibrationRecord(
                        Sha256.of(onnx),
                        CalibrationRecord.describe(asking.model().input()),
                        List.of(),
                        0));

        assertThat(found.tensors()).isPositive();
        BuildRequest building =
                new BuildRequest(
                        asking.model(),
                        0,
                        asking.options(),
                        cache,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(file),
                        false,
                        PlanTrial.NONE);
        PlanMetadata metadata = build(building).plan().metadata();
        assertThat(metadata.key().variant()).isEqualTo(PlanVariant.calibrated(found.sha256()));
        assertThat(metadata.golden().outputs().get(0).samples())
                .allMatch(value -> value >= 0.48f && value <= 0.75f);
    }

    @Test
    void buildsAQuantisedNetworkWithoutCalibration() throws IOException {
        BuildRequest request =
                request(
                        QuantizedNetwork.sigmoid(SIDE),
                        Precision.INT8,
                        new BatchProfile(1, 2, 4),
                        false);

        PlanMetadata metadata = build(request).plan().metadata();

        assertThat(metadata.key().precision()).isEqualTo(Precision.INT8);
        assertThat(metadata.key().variant()).isEqualTo(PlanVariant.PLAIN);
        // The sigmoid's slope is at most a quarter, and a byte is off by half a step at most.
        float step = QuantizedNetwork.SCALE / 8 + 1e-4f;
        assertThat(metadata.golden().outputs().get(0).samples())
                .allMatch(value -> value >= 0.5f - step && value <= 0.7311f + step);
    }

    @Test
    void storesNoPlanThatFailsItsTrial() throws IOException {
        BuildRequest asking = request(network(OnnxFile.OPEN), Precision.FP32, null, false);
        List<Path> judged = new ArrayList<>();
        BuildRequest strict =
                new BuildRequest(
                        asking.model(),
                        0,
                        asking.options(),
                        cache,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        plan -> {
                            judged.add(plan);
                            assertThat(plan).exists();
                            throw new FrameflowException(FailureCode.INVALID_PLAN, "too bad");
                        });

        // With a builder of its own, as every user has.
        assertThatThrownBy(() -> EngineBuild.run(strict, EngineBuildGpuTest::ignore))
                .hasMessageContaining("too bad")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
        assertThat(cache.list()).isEmpty();
        assertThat(judged).hasSize(1).allSatisfy(plan -> assertThat(plan).doesNotExist());
    }

    private Path scales(BuildRequest asking, byte[] onnx) {
        Path scales = folder.resolve("scales.cache");
        calibrate(asking.model(), CalibrationAlgorithm.MINMAX)
                .write(
                        scales,
                        new CalibrationRecord(
                                Sha256.of(onnx),
                                CalibrationRecord.describe(asking.model().input()),
                                List.of(),
                                0));
        return scales;
    }

    /** TensorRT must obey then, and would fail at a layer of the head that it cannot bind. */
    @Test
    void keepsNamedLayersInHalfPrecisionBesidesTheHead() throws IOException {
        byte[] onnx = HeadedNetwork.sigmoid(SIDE);
        BuildRequest asking = request(onnx, Precision.FP32, null, false);

        PlanMetadata metadata =
                build(withHalf(asking, scales(asking, onnx), List.of("*stem*"))).plan().metadata();

        assertThat(metadata.golden().outputs().get(0).samples())
                .allMatch(value -> value >= 0.48f && value <= 0.75f);
    }

    @Test
    void keepsNamedLayersInHalfPrecision() throws IOException {
        byte[] onnx = network(OnnxFile.OPEN);
        BuildRequest asking = request(onnx, Precision.FP32, null, false);
        Path scales = scales(asking, onnx);

        PlanMetadata metadata =
                build(withHalf(asking, scales, List.of("*squeezed*"))).plan().metadata();

        assertThat(metadata.key().variant().fp16Layers()).containsExactly("*squeezed*");
        assertFails(
                withHalf(asking, scales, List.of("nothing")),
                FailureCode.INVALID_SETTINGS,
                "called nothing");
    }

    private BuildRequest withHalf(BuildRequest asking, Path scales, List<String> layers) {
        return new BuildRequest(
                asking.model(),
                0,
                new BuildOptions(Precision.INT8, Optional.empty(), 0, 64 << 20, layers, false),
                cache,
                Optional.empty(),
                Optional.empty(),
                Optional.of(scales),
                true,
                PlanTrial.NONE);
    }

    @Test
    void saysThatInt8NeedsCalibration() throws IOException {
        assertFails(
                request(network(OnnxFile.OPEN), Precision.INT8, null, false),
                FailureCode.INVALID_SETTINGS,
                "frameflow calibrate");
    }

    @Test
    void saysWhatIsWrongWithANetwork() throws IOException {
        assertFails(
                request(new byte[] {1, 2, 3}, Precision.FP32, null, false),
                FailureCode.INVALID_MODEL,
                "TensorRT cannot read it");
        byte[] otherSize = OnnxFile.reshaping(new int[] {OnnxFile.OPEN, 3, 16, 16}, 0, 6, -1);
        assertFails(
                request(otherSize, Precision.FP32, null, false),
                FailureCode.INVALID_MODEL,
                "[batch, 3, 32, 32]");
        byte[] unknown =
                new OnnxFile()
                        .input("images", OnnxFile.FLOAT, OnnxFile.OPEN, 3, SIDE, SIDE)
                        .node("NoSuchOperator", "output0", "images")
                        .output("output0", OnnxFile.FLOAT, OnnxFile.OPEN)
                        .bytes();
        assertFails(
                request(unknown, Precision.FP32, null, false),
                FailureCode.INVALID_MODEL,
                "unsupported operator NoSuchOperator at node 0: ");
    }

    @Test
    void saysThatANetworkIsOfAnotherFamilyBeforeItIsBuilt() throws IOException {
        byte[] square =
                new OnnxFile()
                        .input("images", OnnxFile.FLOAT, OnnxFile.OPEN, 3, SIDE, SIDE)
                        .node("Sigmoid", "output0", "images")
                        .output("output0", OnnxFile.FLOAT, OnnxFile.OPEN, 3, SIDE, SIDE)
                        .bytes();

        assertFails(
                request(square, Precision.FP32, null, false),
                FailureCode.INVALID_MODEL,
                "output0 float32[?, 3, 32, 32]], expected for family yolov8 is one output");
    }

    private static void assertFails(BuildRequest request, FailureCode code, String message) {
        assertThatThrownBy(() -> build(request))
                .hasMessageContaining(message)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(code);
    }
}

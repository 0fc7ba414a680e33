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
package io.frameflow.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.Precision;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.bench.BenchmarkOptions;
import io.frameflow.engine.tensorrt.bench.BenchmarkReport;
import io.frameflow.engine.tensorrt.bench.EngineBenchmark;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs a plan for the card in the file that {@code FRAMEFLOW_GPU_PLAN} names. */
@Tag("gpu")
@ExtendWith(LeakCheck.class)
class TensorRtEngineGpuTest {
    private static final String REMEDY = "build it again";
    private static final long MIB = 1 << 20;

    @TempDir private Path folder;
    private CudaDevice device;
    private Path original;
    private byte[] bytes;
    private GoldenFrame golden;

    @BeforeEach
    void open() throws IOException {
        String named = System.getenv("FRAMEFLOW_GPU_PLAN");
        assertThat(named).as("environment variable FRAMEFLOW_GPU_PLAN").isNotNull();
        original = Path.of(named);
        bytes = Files.readAllBytes(original);
        device = CudaDevice.open(0);
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY)) {
            golden = GoldenRun.run(engine);
        }
    }

    /** The plan with metadata, in a folder of the test. */
    private Path stored(byte[] plan, String tensorRt, String card, GoldenFrame recorded) {
        PlanKey key =
                new PlanKey(
                        Plans.NETWORK,
                        tensorRt,
                        card,
                        PlanKey.computeCapability(device),
                        Precision.FP16,
                        new BatchProfile(1, 1, 32),
                        2,
                        0,
                        PlanVariant.PLAIN);
        PlanMetadata metadata =
                new PlanMetadata("n.onnx", key, Sha256.of(bytes), Instant.EPOCH, 1, recorded);
        return EngineCache.store(folder.resolve("copy.plan"), metadata, ByteBuffer.wrap(plan))
                .plan();
    }

    private Path stored() {
        return stored(bytes, TensorRtLibrary.version(), device.name(), golden);
    }

    private static void assertRefused(ThrowingCallable load, String... message) {
        assertThatThrownBy(load)
                .isInstanceOf(FrameflowException.class)
                .hasMessageContainingAll(message)
                .hasMessageContaining(REMEDY)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }

    @Test
    void readsTheSignature() {
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY)) {
            TensorInfo input = engine.signature().input();
            assertThat(input.rank()).isEqualTo(4);
            assertThat(input.dimension(1)).isEqualTo(3);
            assertThat(engine.signature().outputs()).isNotEmpty();
            assertThat(engine.contextBytes()).isPositive();
            assertThat(engine.info().engine()).isEqualTo("tensorrt");
            assertThat(engine.info().version()).startsWith("10.");
            assertThat(engine.info().networkSha256()).isEqualTo(Sha256.of(bytes));
        }
    }

    @Test
    void knowsPrecisionAndNetworkFromTheMetadata() {
        try (TensorRtEngine engine = TensorRtEngine.load(stored(), device, REMEDY)) {
            assertThat(engine.info().precision()).isEqualTo("fp16");
            assertThat(engine.info().networkSha256()).isEqualTo(Plans.NETWORK);
        }
    }

    @Test
    void givesTheSameForTheSame() {
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY)) {
            assertThat(golden.difference(GoldenRun.run(engine))).isEmpty();
        }
        assertThat(golden.outputs()).allMatch(output -> output.scale() > 0);
    }

    @Test
    void loadsWeightsOnceForAllLeases() {
        Path plan = stored();
        TensorRtEngine engine;
        try (EngineRegistry.Lease first = EngineRegistry.acquire(plan, device, REMEDY)) {
            engine = first.engine();
            try (EngineRegistry.Lease second = EngineRegistry.acquire(plan, device, REMEDY)) {
                assertThat(second.engine()).isSameAs(engine);
            }
            assertThat(engine.contextBytes()).as("still open").isPositive();
        }
        assertThatThrownBy(engine::contextBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runsSeveralContextsOfOneEngineAtOnce() throws Exception {
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY)) {
            List<Thread> threads = new ArrayList<>();
            List<String> differences = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                threads.add(
                        new Thread(
                                () -> {
                                    device.makeCurrent();
                                    for (int run = 0; run < 5; run++) {
                                        golden.difference(GoldenRun.run(engine))
                                                .ifPresent(differences::add);
                                    }
                                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(differences).isEmpty();
        }
    }

    @Test
    void refusesADamagedPlanByItsDigest() {
        byte[] damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 1;
        Path plan = stored(damaged, TensorRtLibrary.version(), device.name(), golden);

        assertRefused(() -> TensorRtEngine.load(plan, device, REMEDY), "is damaged", "SHA-256");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000})
    void refusesWhatIsNoPlanWithTensorRtsReason(int length) throws IOException {
        byte[] noise = new byte[length];
        new java.util.Random(1).nextBytes(noise);
        Path plan = Files.write(folder.resolve("noise.plan"), noise);

        assertThatThrownBy(() -> TensorRtEngine.load(plan, device, REMEDY))
                .hasMessageContainingAll("refused by TensorRT", REMEDY)
                .hasMessageNotContaining("no reason");
    }

    @Test
    void refusesAPlanThatIsCutOff() throws IOException {
        Path plan =
                Files.write(
                        folder.resolve("cut.plan"),
                        java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(() -> TensorRtEngine.load(plan, device, REMEDY), "refused");
    }

    @Test
    void refusesAFileThatIsMissingOrEmpty() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.plan"));

        assertRefused(() -> TensorRtEngine.load(empty, device, REMEDY), "empty");
        assertRefused(
                () -> EngineRegistry.acquire(folder.resolve("missing.plan"), device, REMEDY),
                "missing.plan");
    }

    @ParameterizedTest
    @CsvSource({"10.6.0.25, , TensorRT 10.6.0.25", ", NVIDIA L4, built for NVIDIA L4"})
    void refusesAPlanOfAnotherVersionOrCard(String version, String card, String message) {
        Path plan =
                stored(
                        bytes,
                        version == null ? TensorRtLibrary.version() : version,
                        card == null ? device.name() : card,
                        golden);

        assertRefused(() -> TensorRtEngine.load(plan, device, REMEDY), message);
    }

    @Test
    void refusesAPlanThatComputesSomethingElse() {
        GoldenOutput output = golden.outputs().get(0);
        List<Float> samples = new ArrayList<>(output.samples());
        samples.set(7, samples.get(7) + output.scale());
        GoldenFrame other = new GoldenFrame(List.of(new GoldenOutput(output.tensor(), samples)));
        Path plan = stored(bytes, TensorRtLibrary.version(), device.name(), other);

        assertRefused(
                () -> EngineRegistry.acquire(plan, device, REMEDY),
                "computes something else",
                "sample 7");
    }

    @Test
    void refusesABatchThatThePlanDoesNotTake() {
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY);
                DeviceBuffer scratch = new DeviceBuffer(1)) {
            BatchRange range = engine.signature().batch();
            assertThatThrownBy(
                            () -> new TensorRtContext(engine, range.most() + 1, Map.of(), scratch))
                    .hasMessageContaining("batches of " + range.least() + " to " + range.most());
        }
    }

    @Test
    void givesEverythingBackWhenClosed() throws IOException {
        Path plan = stored();
        for (int i = 0; i < 10; i++) {
            EngineRegistry.acquire(plan, device, REMEDY).close();
        }
        long deviceBefore = device.freeMemoryBytes();
        long hostBefore = residentBytes();

        for (int i = 0; i < 200; i++) {
            EngineRegistry.acquire(plan, device, REMEDY).close();
        }

        assertThat(deviceBefore - device.freeMemoryBytes())
                .as("device memory, bytes")
                .isLessThanOrEqualTo(2 * MIB);
        // A load reads the plan and takes some ten MiB besides: a leak of one in ten would show.
        assertThat(residentBytes() - hostBefore).as("host memory").isLessThan(96 * MIB);
    }

    private static long residentBytes() throws IOException {
        System.gc();
        StringTokenizer pages = new StringTokenizer(Files.readString(Path.of("/proc/self/statm")));
        // The first number is the size, the second what of it is in memory.
        pages.nextToken();
        return Long.parseLong(pages.nextToken()) * 4096;
    }

    @Test
    void digestsFilesOfSeveralChunks() throws IOException {
        byte[] contents = new byte[130 << 20];
        new java.util.Random(2).nextBytes(contents);
        Path file = Files.write(folder.resolve("large"), contents);

        try (FileBytes read = FileBytes.read(file)) {
            assertThat(read.sha256()).isEqualTo(Sha256.of(contents)).isEqualTo(Sha256.of(file));
        }
    }

    @Test
    void describesItself() {
        PlanInspection inspection = PlanInspection.of(stored(), 0, REMEDY);

        assertThat(inspection.machine().card()).isEqualTo(device.name());
        assertThat(inspection.machine().cudaRuntime()).startsWith("12.");
        assertThat(inspection.layers()).isPositive();
        assertThat(inspection.optimalBatch())
                .isBetween(
                        inspection.signature().batch().least(),
                        inspection.signature().batch().most());
        assertThat(inspection.metadata()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void isMeasured(boolean graph, boolean transfers) {
        BenchmarkReport report =
                EngineBenchmark.run(
                        original,
                        0,
                        REMEDY,
                        new BenchmarkOptions(
                                1,
                                Duration.ofMillis(50),
                                Duration.ofMillis(200),
                                graph,
                                transfers));

        assertThat(report.batches()).isGreaterThanOrEqualTo(10);
        assertThat(report.compute().min()).isPositive();
        assertThat(report.latency().mean()).isGreaterThanOrEqualTo(report.compute().mean());
        assertThat(report.hostToDevice().min() > 0).isEqualTo(transfers);
        assertThat(report.deviceToHost().min() > 0).isEqualTo(transfers);
        // The computations follow one another on one stream.
        assertThat(report.computeSeconds()).isLessThan(report.hostSeconds() * 1.05);
        assertThat(report.batchesPerSecond()).isPositive();
    }

    @Test
    void leavesNothingBehindWhenAContextCannotBeMade() {
        try (TensorRtEngine engine = TensorRtEngine.load(original, device, REMEDY);
                DeviceBuffer scratch = new DeviceBuffer(Math.max(1, engine.contextBytes()));
                CudaStream stream = new CudaStream()) {
            assertThatThrownBy(() -> new TensorRtContext(engine, 1, Map.of(), scratch))
                    .hasMessageContaining("needs");
            stream.synchronize();
        }
    }
}

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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.CachedPlan;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.GoldenRun;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.engine.tensorrt.TensorRtLogger;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.engine.tensorrt.calibrate.CalibrationAlgorithm;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.engine.tensorrt.calibrate.CalibrationData;
import io.frameflow.engine.tensorrt.calibrate.Calibrator;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;

/** Builds the plan of an ONNX file on the card that is to run it. */
public final class EngineBuild {
    private final BuildRequest request;
    private final BuildProgress progress;
    private final CudaDevice device;

    private EngineBuild(BuildRequest request, BuildProgress progress, CudaDevice device) {
        this.request = request;
        this.progress = progress;
        this.device = device;
    }

    /**
     * Builds a plan, records its golden frame, and stores both. Where the cache has a plan of the
     * same key and no other file is asked for, nothing is built.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} for a network that TensorRT
     *     does not take, {@link FailureCode#INVALID_SETTINGS} for batches that it has fixed
     *     otherwise, {@link FailureCode#ENGINE_UNAVAILABLE} without card, TensorRT or its builder,
     *     {@link FailureCode#ENGINE_FAILED} if TensorRT fails, {@link FailureCode#STORAGE_FAILED}
     */
    public static BuildResult run(BuildRequest request, BuildProgress progress) {
        CudaDevice device = CudaDevice.open(request.gpu());
        TensorRtLibrary.load();
        return new EngineBuild(request, progress, device).run();
    }

    private BuildResult run() {
        Path network = request.model().onnx();
        try (FileBytes onnx = FileBytes.read(network);
                BuilderMessages messages = new BuilderMessages(progress);
                TensorRtObject<IBuilder> builder = builder()) {
            progress.step("reading " + network.getFileName());
            try (ParsedNetwork parsed =
                    ParsedNetwork.parse(builder.get(), network, onnx, request.model().input())) {
                BatchProfile batch = parsed.batch(request.options().batch());
                Optional<CalibrationCache> scales = scales(onnx.sha256());
                PlanKey key = key(onnx.sha256(), batch, scales);
                Optional<CachedPlan> there = cached(key);
                return there.isPresent()
                        ? new BuildResult(there.get(), false)
                        : new BuildResult(build(builder.get(), parsed, batch, key, scales), true);
            }
        } catch (IOException e) {
            throw unreadable(network, e);
        }
    }

    private Optional<CalibrationCache> scales(String networkSha256) {
        boolean needed = request.options().precision() == Precision.INT8;
        if (needed != request.calibrationCache().isPresent()) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    needed
                            ? "int8 needs a calibration cache: make one with './frameflow calibrate'"
                            : "a calibration cache is for int8 only");
        }
        return request.calibrationCache()
                .map(
                        file ->
                                CalibrationCache.read(
                                        file, TensorRtLibrary.versionNumber(), networkSha256));
    }

    private PlanKey key(
            String networkSha256, BatchProfile batch, Optional<CalibrationCache> scales) {
        BuildOptions options = request.options();
        return new PlanKey(
                networkSha256,
                TensorRtLibrary.version(),
                device.name(),
                PlanKey.computeCapability(device),
                options.precision(),
                batch,
                options.optimizationLevel(),
                options.workspaceBytes(),
                scales.map(CalibrationCache::sha256).orElse(null));
    }

    private Optional<CachedPlan> cached(PlanKey key) {
        if (request.rebuild() || request.output().isPresent()) {
            return Optional.empty();
        }
        return request.cache().list().stream()
                .filter(plan -> plan.metadata().key().equals(key))
                .findFirst();
    }

    private CachedPlan build(
            IBuilder builder,
            ParsedNetwork network,
            BatchProfile batch,
            PlanKey key,
            Optional<CalibrationCache> scales) {
        try (Rollback closing = new Rollback()) {
            Optional<Calibrator> calibrator =
                    scales.map(cache -> closing.add(Calibrator.ofCache(cache)));
            IBuilderConfig config = closing.add(config(builder)).get();
            TimingCache timing = closing.add(TimingCache.use(timingFile(), config));
            configure(config, calibrator);
            network.addProfile(builder, config, batch);
            long start = System.nanoTime();
            progress.step("building");
            try (TensorRtObject<IHostMemory> plan = build(builder, network, config)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                timing.save();
                return store(plan.get(), key, seconds);
            }
        }
    }

    private static TensorRtObject<IBuilderConfig> config(IBuilder builder) {
        return TensorRtObject.own(
                "createBuilderConfig", builder.createBuilderConfig(), IBuilderConfig::new);
    }

    /**
     * Finds the scales of a network's tensors: builds it with bytes and the data, as quickly as
     * possible, and keeps nothing but the scales. Only the model, the card and the workspace of the
     * request count.
     *
     * @throws FrameflowException as {@link #run} says, and with {@link
     *     FailureCode#INVALID_SETTINGS} if the data cannot be read or is not enough
     */
    public static CalibrationCache calibrate(
            BuildRequest request,
            CalibrationAlgorithm algorithm,
            CalibrationData data,
            BuildProgress progress) {
        CudaDevice device = CudaDevice.open(request.gpu());
        TensorRtLibrary.load();
        return new EngineBuild(request, progress, device).calibrate(algorithm, data);
    }

    private CalibrationCache calibrate(CalibrationAlgorithm algorithm, CalibrationData data) {
        Path network = request.model().onnx();
        InputSpec input = request.model().input();
        long bytesPerImage = 3L * input.width() * input.height() * Float.BYTES;
        int batch = data.batchSize();
        try (Rollback closing = new Rollback();
                FileBytes onnx = FileBytes.read(network)) {
            Calibrator calibrator = closing.add(Calibrator.ofData(algorithm, data, bytesPerImage));
            IBuilder builder = closing.add(builder()).get();
            ParsedNetwork parsed = closing.add(ParsedNetwork.parse(builder, network, onnx, input));
            BatchProfile profile = parsed.batch(Optional.of(new BatchProfile(batch, batch, batch)));
            IBuilderConfig config = closing.add(config(builder)).get();
            configure(config, Optional.of(calibrator));
            parsed.addProfile(builder, config, profile);
            progress.step("calibrating");
            try (TensorRtObject<IHostMemory> plan = build(builder, parsed, config)) {
                return calibrator.result();
            } catch (FrameflowException e) {
                // What went wrong with the data is the reason of TensorRT's failure.
                calibrator.throwFailure();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(network, e);
        }
    }

    private static TensorRtObject<IBuilder> builder() {
        return TensorRtObject.own(
                "createInferBuilder",
                nvinfer.createInferBuilder(TensorRtLogger.INSTANCE),
                IBuilder::new);
    }

    private static FrameflowException unreadable(Path network, IOException e) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL, "cannot read the network " + network + ": " + e, e);
    }

    private Path timingFile() {
        return request.timingCache()
                .orElseGet(
                        () ->
                                request.cache()
                                        .timingCache(
                                                TensorRtLibrary.version(),
                                                device.name(),
                                                PlanKey.computeCapability(device)));
    }

    @SuppressWarnings("deprecation") // TensorRT 11 has explicit quantisation only; 10 has both.
    private void configure(IBuilderConfig config, Optional<Calibrator> calibrator) {
        BuildOptions options = request.options();
        config.setBuilderOptimizationLevel(options.optimizationLevel());
        if (options.workspaceBytes() > 0) {
            config.setMemoryPoolLimit(nvinfer.MemoryPoolType.kWORKSPACE, options.workspaceBytes());
        }
        if (options.precision() == Precision.FP32) {
            // On by default, and rounds factors to 10 bits.
            config.clearFlag(nvinfer.BuilderFlag.kTF32);
        } else {
            config.setFlag(nvinfer.BuilderFlag.kFP16);
        }
        calibrator.ifPresent(
                scales -> {
                    config.setFlag(nvinfer.BuilderFlag.kINT8);
                    config.setInt8Calibrator(scales.handle());
                });
    }

    private static TensorRtObject<IHostMemory> build(
            IBuilder builder, ParsedNetwork network, IBuilderConfig config) {
        TensorRtLogger.INSTANCE.forgetErrors();
        IHostMemory plan = builder.buildSerializedNetwork(network.handle(), config);
        if (plan == null || plan.isNull()) {
            String reason = TensorRtLogger.INSTANCE.takeLastError();
            boolean builderMissing = reason.contains("builder_resource");
            throw new FrameflowException(
                    builderMissing ? FailureCode.ENGINE_UNAVAILABLE : FailureCode.ENGINE_FAILED,
                    "TensorRT cannot build the network: "
                            + reason
                            + (builderMissing
                                    ? "; put libnvinfer_builder_resource on the library path"
                                            + " (docs/engines.md)"
                                    : ""));
        }
        return TensorRtObject.own("buildSerializedNetwork", plan, IHostMemory::new);
    }

    private CachedPlan store(IHostMemory plan, PlanKey key, double seconds) {
        progress.step("running the golden frame");
        Pointer pointer = new BytePointer(plan.data()).capacity(plan.size());
        ByteBuffer bytes = pointer.asByteBuffer();
        PlanMetadata metadata =
                new PlanMetadata(
                        String.valueOf(request.model().onnx().getFileName()),
                        key,
                        sha256(bytes),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        seconds,
                        GoldenRun.record(pointer));
        progress.step("storing the plan");
        return request.output().isPresent()
                ? EngineCache.store(request.output().get(), metadata, bytes)
                : request.cache().store(metadata, bytes);
    }

    private static String sha256(ByteBuffer bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }
}

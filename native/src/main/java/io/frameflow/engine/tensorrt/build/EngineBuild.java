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
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
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
                TensorRtObject<IBuilder> builder =
                        TensorRtObject.own(
                                "createInferBuilder",
                                nvinfer.createInferBuilder(TensorRtLogger.INSTANCE),
                                IBuilder::new)) {
            progress.step("reading " + network.getFileName());
            try (ParsedNetwork parsed =
                    ParsedNetwork.parse(builder.get(), network, onnx, request.model().input())) {
                BatchProfile batch = parsed.batch(request.options().batch());
                PlanKey key = key(onnx.sha256(), batch);
                Optional<CachedPlan> there = cached(key);
                return there.isPresent()
                        ? new BuildResult(there.get(), false)
                        : new BuildResult(build(builder.get(), parsed, batch, key), true);
            }
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, "cannot read the network " + network + ": " + e, e);
        }
    }

    private PlanKey key(String networkSha256, BatchProfile batch) {
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
                null);
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
            IBuilder builder, ParsedNetwork network, BatchProfile batch, PlanKey key) {
        try (TensorRtObject<IBuilderConfig> config =
                        TensorRtObject.own(
                                "createBuilderConfig",
                                builder.createBuilderConfig(),
                                IBuilderConfig::new);
                TimingCache timing = TimingCache.use(timingFile(), config.get())) {
            configure(config.get());
            network.addProfile(builder, config.get(), batch);
            long start = System.nanoTime();
            progress.step("building");
            try (TensorRtObject<IHostMemory> plan = build(builder, network, config.get())) {
                double seconds = (System.nanoTime() - start) / 1e9;
                timing.save();
                return store(plan.get(), key, seconds);
            }
        }
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

    private void configure(IBuilderConfig config) {
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

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
import io.frameflow.engine.tensorrt.AppendedNms;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.CachedPlan;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.GoldenRun;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.engine.tensorrt.calibrate.Calibrator;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
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
     * Builds a plan, records its golden frame, and stores both, if the request's trial lets it.
     * Where the cache has a plan of the same key and no other file is asked for, nothing is built.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} for a network that TensorRT
     *     does not take, {@link FailureCode#INVALID_SETTINGS} for batches that it has fixed
     *     otherwise, {@link FailureCode#ENGINE_UNAVAILABLE} without card, TensorRT or its builder,
     *     {@link FailureCode#ENGINE_FAILED} if TensorRT fails, {@link FailureCode#STORAGE_FAILED},
     *     and whatever the trial throws
     */
    public static BuildResult run(BuildRequest request, BuildProgress progress) {
        try (TensorRtBuilder builder = new TensorRtBuilder()) {
            return run(request, progress, builder);
        }
    }

    /** Builds with a builder that may have built before on the same card. */
    static BuildResult run(BuildRequest request, BuildProgress progress, TensorRtBuilder builder) {
        CudaDevice device = CudaDevice.open(request.gpu());
        TensorRtLibrary.load();
        return new EngineBuild(request, progress, device).run(builder);
    }

    private BuildResult run(TensorRtBuilder builder) {
        ModelFile model = request.model();
        try (FileBytes onnx = FileBytes.read(model.onnx());
                BuilderMessages messages = new BuilderMessages(progress)) {
            progress.step("reading " + request.network().getFileName());
            QuantizationSource source = QuantizationSource.of(request, onnx);
            try (ParsedNetwork parsed = builder.parse(model, onnx, source.explicit())) {
                BatchProfile batch = parsed.batch(request.options().batch());
                parsed.signature().ifPresent(found -> Postprocessors.of(model, found));
                PlanKey key = key(onnx, batch, source.scales());
                Optional<CachedPlan> there = cached(key);
                if (there.isPresent()) {
                    request.trial().judge(there.get().plan());
                    return new BuildResult(there.get(), false);
                }
                return new BuildResult(build(builder, parsed, key, source.scales()), true);
            }
        } catch (IOException e) {
            throw unreadable(model.onnx(), e);
        }
    }

    private PlanKey key(FileBytes onnx, BatchProfile batch, Optional<CalibrationCache> scales) {
        BuildOptions options = request.options();
        return new PlanKey(
                request.whole().map(WholeNetwork::sha256).orElse(onnx.sha256()),
                TensorRtLibrary.version(),
                device.name(),
                PlanKey.computeCapability(device),
                options.precision(),
                batch,
                options.optimizationLevel(),
                options.workspaceBytes(),
                variant(scales));
    }

    private PlanVariant variant(Optional<CalibrationCache> scales) {
        PlanVariant variant =
                new PlanVariant(
                        scales.map(CalibrationCache::sha256),
                        request.options().fp16Layers(),
                        request.options().appendNms()
                                ? Optional.of(AppendedNms.of(request.model().thresholds()))
                                : Optional.empty());
        return request.whole().map(WholeNetwork::removed).map(variant::without).orElse(variant);
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
            TensorRtBuilder builder,
            ParsedNetwork network,
            PlanKey key,
            Optional<CalibrationCache> scales) {
        BuildOptions options = request.options();
        try (Rollback closing = new Rollback()) {
            network.nameHalf(options.fp16Layers());
            if (options.precision() != Precision.FP32 && !network.typed()) {
                HalfTensors.use(network.handle(), request.model().family());
            }
            key.variant()
                    .appendedNms()
                    .ifPresent(nms -> closing.add(NmsLayers.append(network, request.model(), nms)));
            // Behind what was added: that belongs to the head.
            Optional<Calibrator> calibrator =
                    scales.map(
                            cache ->
                                    closing.add(
                                            Calibrator.ofCache(cache.without(network.keepHalf()))));
            IBuilderConfig config =
                    closing.add(builder.configure(network, options, calibrator)).get();
            TimingCache timing = closing.add(TimingCache.use(timingFile(), config));
            network.addProfile(builder.handle(), config, key.batch());
            long start = System.nanoTime();
            progress.step("building");
            try (TensorRtObject<IHostMemory> plan = builder.build(network, config)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                timing.save();
                return store(plan.get(), key, seconds);
            }
        }
    }

    static FrameflowException unreadable(Path network, IOException e) {
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

    private CachedPlan store(IHostMemory plan, PlanKey key, double seconds) {
        progress.step("running the golden frame");
        Pointer pointer = new BytePointer(plan.data()).capacity(plan.size());
        ByteBuffer bytes = pointer.asByteBuffer();
        PlanMetadata metadata =
                new PlanMetadata(
                        String.valueOf(request.network().getFileName()),
                        key,
                        sha256(bytes),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        seconds,
                        GoldenRun.record(pointer));
        tryOut(metadata, bytes);
        progress.step("storing the plan");
        return request.output().isPresent()
                ? EngineCache.store(request.output().get(), metadata, bytes)
                : request.cache().store(metadata, bytes);
    }

    /** Has the plan judged as a file that nobody else finds. */
    private void tryOut(PlanMetadata metadata, ByteBuffer bytes) {
        if (request.trial() == PlanTrial.NONE) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("frameflow-plan");
            Path candidate = folder.resolve("candidate.plan");
            try {
                CachedPlan plan = EngineCache.store(candidate, metadata, bytes);
                request.trial().judge(plan.plan());
            } finally {
                EngineCache.remove(candidate);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.STORAGE_FAILED, "cannot keep the plan for a trial: " + e, e);
        }
    }

    private static String sha256(ByteBuffer bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }
}

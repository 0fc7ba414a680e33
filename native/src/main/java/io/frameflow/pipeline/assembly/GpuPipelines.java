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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.CachedPlan;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanQuery;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.gpu.GpuFramePipeline;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pipelines on cards: finds the card, the plan for it, and checks that it is the model's. */
final class GpuPipelines {
    private static final Logger LOG = LoggerFactory.getLogger(GpuPipelines.class);

    private final PipelineSettings settings;
    private final ModelFile model;

    GpuPipelines(PipelineSettings settings, ModelFile model) {
        this.settings = settings;
        this.model = model;
    }

    /**
     * Number of cards that TensorRT can use here.
     *
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} where libraries or the
     *     driver are missing
     */
    static int visibleGpus() {
        int count = CudaDevice.count();
        TensorRtLibrary.load();
        return count;
    }

    /** Opens a pipeline on the card that fewest others have. */
    FramePipeline open(SlotResources slot, int visibleGpus) {
        try (Rollback rollback = new Rollback()) {
            GpuLease gpu = rollback.add(GpuLease.take(slot, visibleGpus));
            CudaDevice device = CudaDevice.open(gpu.gpu());
            String networkSha256 = networkSha256();
            String remedy = remedy(device);
            Path plan = plan(device, networkSha256, remedy);
            EngineRegistry.Lease lease = rollback.add(EngineRegistry.acquire(plan, device, remedy));
            checkNetwork(plan, lease.engine().info(), networkSha256, remedy);
            int most = lease.engine().signature().batch().most();
            FramePipeline pipeline =
                    GpuFramePipeline.open(
                            model,
                            device,
                            lease,
                            Math.min(settings.maxBatchSize(), most),
                            settings.decodeLimits());
            rollback.commit();
            logOpened(pipeline, device, plan);
            return gpu.heldBy(pipeline);
        }
    }

    private String networkSha256() {
        try {
            return Sha256.of(model.onnx());
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "cannot read the network " + model.onnx() + ": " + e,
                    e);
        }
    }

    /** What to do where there is no plan that can be used. */
    private String remedy(CudaDevice device) {
        PlanSettings plan = settings.plan();
        StringBuilder command = new StringBuilder("./frameflow engine build --model ");
        command.append(quoted(settings.modelFile()));
        if (settings.onnx() != null) {
            command.append(" --onnx ").append(quoted(settings.onnx()));
        }
        command.append(" --precision ").append(plan.precision().label());
        command.append(" --batch-max ").append(settings.maxBatchSize());
        if (device.index() != 0) {
            command.append(" --gpu ").append(device.index());
        }
        if (plan.plan() != null) {
            command.append(" --output ").append(quoted(plan.plan()));
        } else if (plan.cacheFolder() != null) {
            command.append(" --engine-cache ").append(quoted(plan.cacheFolder()));
        }
        return "build it on this machine: " + command;
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:@%+=-]+")
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }

    private Path plan(CudaDevice device, String networkSha256, String remedy) {
        PlanSettings wanted = settings.plan();
        if (wanted.plan() != null) {
            return Path.of(wanted.plan());
        }
        EngineCache cache =
                wanted.cacheFolder() == null
                        ? EngineCache.ofUser()
                        : new EngineCache(Path.of(wanted.cacheFolder()));
        PlanQuery query =
                new PlanQuery(
                        networkSha256,
                        TensorRtLibrary.version(),
                        device.name(),
                        PlanKey.computeCapability(device),
                        wanted.precision(),
                        settings.maxBatchSize());
        CachedPlan found = cache.find(query).orElseThrow(() -> missing(query, cache, remedy));
        return found.plan();
    }

    private FrameflowException missing(PlanQuery query, EngineCache cache, String remedy) {
        List<PlanKey> others = cache.findOthers(query);
        String found =
                others.isEmpty()
                        ? ""
                        : others.stream()
                                .map(
                                        key ->
                                                "%s for %s with TensorRT %s"
                                                        .formatted(
                                                                key.precision().label(),
                                                                key.card(),
                                                                key.tensorRt()))
                                .distinct()
                                .collect(Collectors.joining(", ", " (there is: ", ")"));
        return new FrameflowException(
                FailureCode.INVALID_PLAN,
                "%s has no plan in %s for %s with TensorRT %s in %s%s; %s"
                        .formatted(
                                model.onnx(),
                                query.precision().label(),
                                query.card(),
                                query.tensorRt(),
                                cache.folder(),
                                found,
                                remedy));
    }

    private void checkNetwork(Path plan, EngineInfo engine, String networkSha256, String remedy) {
        boolean known = Precision.ofLabel(engine.precision()).isPresent();
        if (known && !engine.networkSha256().equals(networkSha256)) {
            throw new FrameflowException(
                    FailureCode.INVALID_PLAN,
                    "the plan %s was built from another network than %s; %s"
                            .formatted(plan, model.onnx(), remedy));
        }
    }

    private void logOpened(FramePipeline pipeline, CudaDevice device, Path plan) {
        LOG.info(
                "Model {} version {} runs on GPU {} ({}) with TensorRT {} ({}), plan {}",
                pipeline.model().name(),
                pipeline.model().version(),
                device.index(),
                device.name(),
                TensorRtLibrary.version(),
                pipeline.model().precision(),
                plan);
        if (pipeline.maxBatchSize() < settings.maxBatchSize()) {
            LOG.warn(
                    "The plan takes batches of at most {}, not of {} as configured: {}",
                    pipeline.maxBatchSize(),
                    settings.maxBatchSize(),
                    remedy(device));
        }
    }
}

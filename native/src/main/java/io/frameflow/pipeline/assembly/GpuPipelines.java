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
import io.frameflow.cuda.DeviceQueues;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.gpu.GpuFramePipeline;
import io.frameflow.resource.Rollback;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pipelines on cards: finds the card, the plan for it, and checks that it is the model's. */
final class GpuPipelines {
    private static final Logger LOG = LoggerFactory.getLogger(GpuPipelines.class);

    /** The environment is the same for all pipelines of the process. */
    private static final AtomicBoolean adviceGiven = new AtomicBoolean();

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
            LocatedPlan plan =
                    new PlanFinder(settings, model, device, TensorRtLibrary.version()).find();
            EngineRegistry.Lease lease =
                    rollback.add(EngineRegistry.acquire(plan.file(), device, plan.remedy()));
            checkNetwork(plan, lease.engine().info());
            int most = lease.engine().signature().batch().most();
            FramePipeline pipeline =
                    GpuFramePipeline.open(
                            PlanModel.of(model, lease.engine().variant(), plan),
                            device,
                            lease,
                            Math.min(settings.maxBatchSize(), most),
                            settings.decodeLimits(),
                            settings.denoise());
            rollback.commit();
            logOpened(pipeline, device, plan);
            return gpu.heldBy(pipeline);
        }
    }

    private void checkNetwork(LocatedPlan plan, EngineInfo engine) {
        boolean known = Precision.ofLabel(engine.precision()).isPresent();
        if (known && !engine.networkSha256().equals(plan.networkSha256())) {
            throw new FrameflowException(
                    FailureCode.INVALID_PLAN,
                    "the plan %s was built from another network than %s; %s"
                            .formatted(plan.file(), model.onnx(), plan.remedy()));
        }
    }

    private void logOpened(FramePipeline pipeline, CudaDevice device, LocatedPlan plan) {
        LOG.info(
                "Model {} version {} runs on GPU {} ({}) with TensorRT {} ({}), plan {}",
                pipeline.model().name(),
                pipeline.model().version(),
                device.index(),
                device.name(),
                TensorRtLibrary.version(),
                pipeline.model().precision(),
                plan.file());
        if (!adviceGiven.getAndSet(true)) {
            DeviceQueues.advice(System.getenv()).ifPresent(LOG::warn);
        }
        if (pipeline.maxBatchSize() < settings.maxBatchSize()) {
            LOG.warn(
                    "The plan takes batches of at most {}, not of {} as configured: {}",
                    pipeline.maxBatchSize(),
                    settings.maxBatchSize(),
                    plan.remedy());
        }
    }
}

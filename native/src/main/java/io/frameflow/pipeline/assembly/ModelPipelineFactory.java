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

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.cpu.CpuFramePipeline;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.resource.Rollback;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pipelines that run the model of a model file. */
public final class ModelPipelineFactory implements FramePipelineFactory {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ModelPipelineFactory.class);
    private static final AtomicBoolean WARNED_OF_CPU = new AtomicBoolean();

    private final PipelineSettings settings;

    /** Keeps the settings; nothing is opened or read yet. */
    public ModelPipelineFactory(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the model file, loads the network, and takes the memory. With {@link EngineChoice#AUTO}
     * TensorRT runs it where there is a card, or where Flink promised one, and ONNX Runtime on the
     * CPU elsewhere, which is logged as a warning once.
     *
     * @throws FrameflowException with {@code INVALID_MODEL_FILE} or {@code INVALID_MODEL} for what
     *     the files hold, {@code INVALID_PLAN} for a plan that is missing or does not fit, {@code
     *     ENGINE_UNAVAILABLE} for an engine that this machine cannot run, {@code OUT_OF_MEMORY}
     */
    @Override
    public FramePipeline open(SlotResources slot) {
        ModelFile model = settings.readModel();
        return switch (settings.engine()) {
            case ONNXRUNTIME -> openOnCpu(model);
            case TENSORRT ->
                    new GpuPipelines(settings, model).open(slot, GpuPipelines.visibleGpus());
            case AUTO -> openOnWhatIsThere(model, slot);
        };
    }

    @Override
    public FramePipelineFactory withModel(String modelFile) {
        return new ModelPipelineFactory(settings.withModel(modelFile));
    }

    private FramePipeline openOnWhatIsThere(ModelFile model, SlotResources slot) {
        int gpus;
        try {
            gpus = GpuPipelines.visibleGpus();
        } catch (FrameflowException e) {
            // A card that is there and cannot be used now is no reason to do without one.
            if (slot.gpus().isPresent() || e.code() != FailureCode.ENGINE_UNAVAILABLE) {
                throw e;
            }
            warnOfCpu(String.valueOf(e.getMessage()));
            return openOnCpu(model);
        }
        if (gpus == 0 && slot.gpus().isEmpty()) {
            warnOfCpu("CUDA sees no card");
            return openOnCpu(model);
        }
        return new GpuPipelines(settings, model).open(slot, gpus);
    }

    private static void warnOfCpu(String reason) {
        if (WARNED_OF_CPU.compareAndSet(false, true)) {
            LOG.warn(
                    "NO GPU IS USED: pipelines of this process run on the CPU with ONNX Runtime."
                            + " Choose the engine 'tensorrt' to have this as an error, or"
                            + " 'onnxruntime' if it is meant so. Reason: {}",
                    reason);
        }
    }

    private FramePipeline openOnCpu(ModelFile model) {
        try (Rollback rollback = new Rollback()) {
            HostEngine engine =
                    rollback.add(
                            OnnxRuntimeEngine.open(
                                    model.onnx(), model.input(), model.onnxRuntime()));
            FramePipeline pipeline =
                    new CpuFramePipeline(
                            model,
                            engine,
                            Postprocessors.of(model, engine.signature()),
                            () -> new CpuImageDecoder(settings.decodeLimits()),
                            settings.decodingThreadsHere(),
                            settings.maxBatchSize(),
                            settings.denoise());
            rollback.commit();
            logOpened(pipeline, engine.info());
            return pipeline;
        }
    }

    private void logOpened(FramePipeline pipeline, EngineInfo engine) {
        LOG.info(
                "Model {} version {} runs on the CPU with {} {} ({}; engine '{}' was asked for)",
                pipeline.model().name(),
                pipeline.model().version(),
                engine.engine(),
                engine.version(),
                engine.precision(),
                settings.engine().label());
    }
}

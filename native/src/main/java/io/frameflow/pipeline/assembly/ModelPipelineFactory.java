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
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.cpu.CpuFramePipeline;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.yolo.YoloPostprocessors;
import io.frameflow.resource.Rollback;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pipelines that run the model of a model file. */
public final class ModelPipelineFactory implements FramePipelineFactory {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ModelPipelineFactory.class);

    private final PipelineSettings settings;

    /** Keeps the settings; nothing is opened or read yet. */
    public ModelPipelineFactory(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the model file, loads the network, and takes the memory.
     *
     * @throws FrameflowException with {@code INVALID_MODEL_FILE} or {@code INVALID_MODEL} for what
     *     the files hold, {@code ENGINE_UNAVAILABLE} for an engine that this machine cannot run,
     *     {@code OUT_OF_MEMORY}
     */
    @Override
    public FramePipeline open(SlotResources slot) {
        if (settings.engine() == EngineChoice.TENSORRT) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "this version cannot run pipelines with TensorRT: choose engine 'auto' or"
                            + " 'onnxruntime'");
        }
        ModelFile model = readModel();
        try (Rollback rollback = new Rollback()) {
            HostEngine engine =
                    rollback.add(
                            OnnxRuntimeEngine.open(
                                    model.onnx(), model.input(), model.onnxRuntime()));
            FramePipeline pipeline =
                    new CpuFramePipeline(
                            model,
                            engine,
                            postprocessor(model, engine.signature()),
                            () -> new CpuImageDecoder(settings.decodeLimits()),
                            settings.decodingThreadsHere(),
                            settings.maxBatchSize());
            rollback.commit();
            logOpened(pipeline, engine.info());
            return pipeline;
        }
    }

    private ModelFile readModel() {
        Path file = Path.of(settings.modelFile());
        return settings.onnx() == null
                ? ModelFileReader.read(file)
                : ModelFileReader.read(file, Path.of(settings.onnx()));
    }

    private static Postprocessor postprocessor(ModelFile model, NetworkSignature signature) {
        return switch (model.family()) {
            case YOLOV5 -> YoloPostprocessors.v5(model, signature);
            case YOLOV8 -> YoloPostprocessors.v8(model, signature);
        };
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

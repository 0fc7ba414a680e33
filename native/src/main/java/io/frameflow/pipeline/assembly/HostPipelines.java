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
import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.engine.tensorrt.HostTensorRtEngine;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.cpu.CpuFramePipeline;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.resource.Rollback;

/**
 * Pipelines that decode, prepare and post-process on the CPU, whatever runs the network: what two
 * of them find differs by what their networks compute and by nothing else. For comparisons, one
 * picture at a time.
 */
public final class HostPipelines {
    private static final int DECODING_THREADS = 1;
    private static final int BATCH = 1;

    private HostPipelines() {}

    /**
     * The network of the model file on ONNX Runtime, in single precision.
     *
     * @throws io.frameflow.failure.FrameflowException as {@link OnnxRuntimeEngine#open} says, and
     *     with {@code INVALID_MODEL} if its outputs are not those of the model file's family
     */
    public static FramePipeline onnxRuntime(ModelFile model) {
        try (Rollback rollback = new Rollback()) {
            HostEngine engine =
                    rollback.add(
                            OnnxRuntimeEngine.open(
                                    model.onnx(), model.input(), model.onnxRuntime()));
            FramePipeline pipeline = open(model, engine);
            rollback.commit();
            return pipeline;
        }
    }

    /**
     * A plan of the network on a card.
     *
     * @param gpu number of the card
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_PLAN} for a plan that is
     *     missing or does not fit, {@code ENGINE_UNAVAILABLE} without card or TensorRT
     */
    public static FramePipeline tensorRt(ModelFile model, LocatedPlan plan, int gpu) {
        try (Rollback rollback = new Rollback()) {
            HostTensorRtEngine engine =
                    rollback.add(HostTensorRtEngine.open(plan.file(), gpu, plan.remedy()));
            FramePipeline pipeline =
                    open(PlanModel.of(model, engine.onCard().variant(), plan), engine);
            rollback.commit();
            return pipeline;
        }
    }

    private static FramePipeline open(ModelFile model, HostEngine engine) {
        return new CpuFramePipeline(
                model,
                engine,
                Postprocessors.of(model, engine.signature()),
                () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                DECODING_THREADS,
                BATCH);
    }
}

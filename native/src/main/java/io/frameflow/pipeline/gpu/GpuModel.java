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
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.TensorRtEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.gpu.GpuOutputs;
import io.frameflow.postprocess.gpu.NetworkOnCard;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model file and the engine that runs it, checked against each other.
 *
 * @param file the model file
 * @param engine the engine
 * @param device the card
 * @param kernels machine code of kernels
 * @param outputs what is to be made of the engine's outputs
 */
record GpuModel(
        ModelFile file,
        TensorRtEngine engine,
        CudaDevice device,
        KernelCache kernels,
        GpuOutputs outputs) {

    /**
     * Checks the engine against the model file.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL}, naming the tensor
     */
    static GpuModel of(
            ModelFile file, TensorRtEngine engine, CudaDevice device, KernelCache kernels) {
        InputSpec input = file.input();
        NetworkSignature signature = engine.signature();
        List<Integer> shape = signature.input().shape();
        List<Integer> expected = List.of(3, input.height(), input.width());
        if (!shape.subList(1, shape.size()).equals(expected)) {
            throw invalid(signature.input(), "[batch, 3, height, width] with " + expected);
        }
        ElementType type = signature.input().type();
        if (type != ElementType.FLOAT32 && type != ElementType.FLOAT16) {
            throw invalid(signature.input(), "numbers of float32 or float16");
        }
        return new GpuModel(file, engine, device, kernels, GpuOutputs.of(file, signature));
    }

    private static FrameflowException invalid(TensorInfo tensor, String expected) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "the plan has " + tensor + ", the model file needs " + expected);
    }

    InputSpec input() {
        return file.input();
    }

    String inputName() {
        return engine.signature().input().name();
    }

    ElementType inputType() {
        return engine.signature().input().type();
    }

    /** The engine's outputs and what kernels need to work on them. */
    NetworkOnCard onCard(Map<String, DeviceBuffer> tensors, FrameDescriptors frames) {
        List<DeviceBuffer> buffers =
                engine.signature().outputs().stream()
                        .map(output -> Objects.requireNonNull(tensors.get(output.name())))
                        .toList();
        return new NetworkOnCard(device, kernels, engine.signature(), buffers, frames);
    }
}

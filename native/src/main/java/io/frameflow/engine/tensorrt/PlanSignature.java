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

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/** Reads from a plan what goes in and what comes out. */
final class PlanSignature {
    private final ICudaEngine engine;

    private PlanSignature(ICudaEngine engine) {
        this.engine = engine;
    }

    /**
     * The signature of an engine with one input, whose tensors have the batch as their first
     * dimension and no other that is open.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_PLAN} for any other, naming the
     *     tensor
     */
    static NetworkSignature read(ICudaEngine engine) {
        return new PlanSignature(engine).read();
    }

    private NetworkSignature read() {
        List<TensorInfo> inputs = new ArrayList<>();
        List<TensorInfo> outputs = new ArrayList<>();
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            (isInput(name) ? inputs : outputs).add(tensor(name));
        }
        if (inputs.size() != 1) {
            throw invalid("the plan has the inputs " + inputs + "; supported is one");
        }
        TensorInfo input = inputs.get(0);
        return new NetworkSignature(input, outputs, batch(input));
    }

    private boolean isInput(String name) {
        return engine.getTensorIOMode(name).intern() == nvinfer.TensorIOMode.kINPUT;
    }

    private TensorInfo tensor(String name) {
        List<Integer> shape = new ArrayList<>();
        try (Dims64 dims = engine.getTensorShape(name)) {
            for (int d = 0; d < dims.nbDims(); d++) {
                shape.add(Math.toIntExact(dims.d(d)));
            }
        }
        TensorInfo tensor = new TensorInfo(name, type(name), shape);
        if (shape.isEmpty() || shape.subList(1, shape.size()).contains(TensorInfo.DYNAMIC)) {
            throw invalid(
                    "the plan's tensor "
                            + tensor
                            + " needs the batch as its first dimension, and no other that is open:"
                            + " export the network with a fixed size");
        }
        return tensor;
    }

    private ElementType type(String name) {
        return switch (engine.getTensorDataType(name).intern()) {
            case kFLOAT -> ElementType.FLOAT32;
            case kHALF -> ElementType.FLOAT16;
            case kINT8 -> ElementType.INT8;
            case kUINT8 -> ElementType.UINT8;
            case kINT32 -> ElementType.INT32;
            case kINT64 -> ElementType.INT64;
            default ->
                    throw invalid(
                            "the plan's tensor "
                                    + name
                                    + " has elements of the type "
                                    + engine.getTensorDataType(name).intern()
                                    + ", which is not supported");
        };
    }

    private BatchRange batch(TensorInfo input) {
        if (input.dimension(0) != TensorInfo.DYNAMIC) {
            return BatchRange.exactly(input.dimension(0));
        }
        return new BatchRange(
                extent(input, nvinfer.OptProfileSelector.kMIN),
                extent(input, nvinfer.OptProfileSelector.kMAX));
    }

    /** Images that the engine is tuned for. */
    static int optimalBatch(ICudaEngine engine, NetworkSignature signature) {
        TensorInfo input = signature.input();
        return input.dimension(0) == TensorInfo.DYNAMIC
                ? new PlanSignature(engine).extent(input, nvinfer.OptProfileSelector.kOPT)
                : input.dimension(0);
    }

    private int extent(TensorInfo input, nvinfer.OptProfileSelector which) {
        try (Dims64 dims = engine.getProfileShape(input.name(), 0, which)) {
            return Math.toIntExact(dims.d(0));
        }
    }

    private static FrameflowException invalid(String message) {
        return new FrameflowException(FailureCode.INVALID_PLAN, message);
    }
}

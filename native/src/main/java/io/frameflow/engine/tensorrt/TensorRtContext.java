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

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import java.util.Map;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** One user's way of running an engine on batches of one size. Used by one thread at a time. */
public final class TensorRtContext extends NativeResource {
    private final TensorRtObject<IExecutionContext> context;

    /**
     * Binds inputs and outputs.
     *
     * @param batch pictures in each batch, within the engine's range
     * @param tensors a buffer for each input and output, by name, large enough for the batch
     * @param scratch memory for intermediate results, of {@link TensorRtEngine#contextBytes()};
     *     contexts that never run at the same time may share it
     */
    public TensorRtContext(
            TensorRtEngine engine,
            int batch,
            Map<String, DeviceBuffer> tensors,
            DeviceBuffer scratch) {
        super("execution context", 0);
        NetworkSignature signature = engine.signature();
        BatchRange range = signature.batch();
        if (batch < range.least() || batch > range.most()) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "the plan takes batches of %d to %d, not %d"
                            .formatted(range.least(), range.most(), batch));
        }
        context =
                TensorRtObject.own(
                        "createExecutionContext",
                        engine.handle()
                                .createExecutionContext(
                                        nvinfer.ExecutionContextAllocationStrategy.kUSER_MANAGED),
                        IExecutionContext::new);
        opened();
        try {
            context.get().setDeviceMemoryV2(scratch.pointer(), scratch.bytes());
            setInputShape(signature.input(), batch);
            bind(signature.input(), batch, tensors);
            signature.outputs().forEach(output -> bind(output, batch, tensors));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void bind(TensorInfo tensor, int batch, Map<String, DeviceBuffer> tensors) {
        DeviceBuffer buffer = tensors.get(tensor.name());
        long needed = batch * tensor.bytesPerImage();
        if (buffer == null || buffer.bytes() < needed) {
            throw new IllegalArgumentException(tensor + " needs " + needed + " bytes");
        }
        TensorRtFailures.check(
                context.get().setTensorAddress(tensor.name(), buffer.pointer()),
                "setTensorAddress");
    }

    private void setInputShape(TensorInfo input, int batch) {
        try (Dims64 shape = new Dims64()) {
            shape.nbDims(input.rank());
            shape.d(0, batch);
            for (int i = 1; i < input.rank(); i++) {
                shape.d(i, input.dimension(i));
            }
            TensorRtFailures.check(
                    context.get().setInputShape(input.name(), shape), "setInputShape");
        }
    }

    /** Queues the engine on the bound buffers. */
    public void enqueue(CudaStream stream) {
        checkOpen();
        TensorRtFailures.check(context.get().enqueueV3(stream.handle()), "enqueueV3");
    }

    @Override
    protected void free() {
        context.close();
    }
}

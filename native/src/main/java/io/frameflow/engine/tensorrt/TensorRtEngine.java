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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.ElementType;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/**
 * A plan, loaded on a card: its weights, and what it takes and gives. Immutable and thread-safe
 * while open; the contexts made of it must be closed first.
 */
public final class TensorRtEngine extends NativeResource {
    private static final TensorRtDeleter DELETER = new TensorRtDeleter(ICudaEngine::new);

    private final TensorRtRuntime runtime;
    private final ICudaEngine engine;
    private final List<PlanTensor> tensors;
    private final PlanTensor input;
    private final int minBatch;
    private final int maxBatch;

    private TensorRtEngine(TensorRtRuntime runtime, Path plan, ICudaEngine engine) {
        super("engine " + plan.getFileName(), 0);
        this.runtime = runtime;
        this.engine = engine;
        this.tensors = readTensors(engine);
        this.input = onlyInput(tensors);
        this.minBatch = batchOf(engine, input, nvinfer.OptProfileSelector.kMIN);
        this.maxBatch = batchOf(engine, input, nvinfer.OptProfileSelector.kMAX);
        opened();
    }

    /**
     * Loads a plan on a card, which must be current.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if the file cannot be read,
     *     was built by another TensorRT or for another card, or takes and gives what is not
     *     supported
     */
    public static TensorRtEngine load(Path plan, CudaDevice device) {
        try (Rollback rollback = new Rollback();
                FileChannel file = FileChannel.open(plan, StandardOpenOption.READ);
                BytePointer bytes = new BytePointer(file.size())) {
            read(file, bytes);
            TensorRtRuntime runtime = rollback.add(new TensorRtRuntime(device));
            ICudaEngine engine = runtime.deserialize(bytes, bytes.capacity());
            if (engine == null || engine.isNull()) {
                throw refused(plan, device);
            }
            rollback.add(() -> DELETER.delete(engine));
            TensorRtEngine loaded = new TensorRtEngine(runtime, plan, engine);
            rollback.commit();
            return loaded;
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, "cannot read the plan " + plan + ": " + e, e);
        }
    }

    private static void read(FileChannel file, BytePointer target) throws IOException {
        long done = 0;
        while (done < target.capacity()) {
            int chunk = (int) Math.min(target.capacity() - done, 1 << 30);
            int count =
                    file.read(
                            new BytePointer(target)
                                    .position(done)
                                    .capacity(done + chunk)
                                    .asByteBuffer());
            if (count < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            done += count;
        }
    }

    private static FrameflowException refused(Path plan, CudaDevice device) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "TensorRT "
                        + TensorRtRuntime.version()
                        + " on "
                        + device.name()
                        + " refuses the plan "
                        + plan
                        + ": "
                        + TensorRtLogger.INSTANCE.takeLastError()
                        + "; plans fit one version and one kind of card: build it there with"
                        + " 'frameflow engine build'");
    }

    private static List<PlanTensor> readTensors(ICudaEngine engine) {
        List<PlanTensor> tensors = new ArrayList<>();
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            Dims64 dims = engine.getTensorShape(name);
            List<Integer> shape = new ArrayList<>();
            for (int d = 1; d < dims.nbDims(); d++) {
                shape.add(Math.toIntExact(dims.d(d)));
            }
            if (shape.contains(-1)) {
                throw new FrameflowException(
                        FailureCode.INVALID_MODEL,
                        "the tensor "
                                + name
                                + " of the plan has a dynamic extent besides the batch: "
                                + shape
                                + "; build the plan with a fixed size");
            }
            boolean input = engine.getTensorIOMode(name).intern() == nvinfer.TensorIOMode.kINPUT;
            tensors.add(new PlanTensor(name, input, typeOf(engine, name), shape));
        }
        return List.copyOf(tensors);
    }

    private static ElementType typeOf(ICudaEngine engine, String name) {
        nvinfer.DataType type = engine.getTensorDataType(name).intern();
        return switch (type) {
            case kFLOAT -> ElementType.FLOAT32;
            case kHALF -> ElementType.FLOAT16;
            default ->
                    throw new FrameflowException(
                            FailureCode.INVALID_MODEL,
                            "the tensor "
                                    + name
                                    + " of the plan has elements of type "
                                    + type
                                    + "; supported are float and half");
        };
    }

    private static PlanTensor onlyInput(List<PlanTensor> tensors) {
        List<PlanTensor> inputs = tensors.stream().filter(PlanTensor::input).toList();
        if (inputs.size() != 1) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "the plan has " + inputs.size() + " inputs, supported is one: " + inputs);
        }
        return inputs.get(0);
    }

    private static int batchOf(
            ICudaEngine engine, PlanTensor input, nvinfer.OptProfileSelector which) {
        return Math.toIntExact(engine.getProfileShape(input.name(), 0, which).d(0));
    }

    /** The one input. */
    public PlanTensor input() {
        return input;
    }

    /** The outputs, in the plan's order. */
    public List<PlanTensor> outputs() {
        return tensors.stream().filter(tensor -> !tensor.input()).toList();
    }

    /** Fewest pictures that a batch may have. */
    public int minBatch() {
        return minBatch;
    }

    /** Most pictures that a batch may have. */
    public int maxBatch() {
        return maxBatch;
    }

    /** Device memory that each context of it needs, in bytes. */
    public long contextBytes() {
        checkOpen();
        return engine.getDeviceMemorySizeV2();
    }

    ICudaEngine handle() {
        checkOpen();
        return engine;
    }

    @Override
    protected void free() {
        DELETER.delete(engine);
        runtime.close();
    }
}

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
package io.frameflow.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.HostBuffer;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for batches, and the views of it that ONNX Runtime reads and writes. A network with an
 * open batch size has one view for each size; one with a fixed size has one for each run of a
 * batch.
 */
final class OnnxRuntimeExecution extends NativeResource implements HostExecution {
    private final OrtSession session;
    private final int capacity;
    private final int imagesPerRun;
    private final FloatBuffer input;
    private final List<FloatBuffer> outputs;
    private final List<BatchTensors> views;
    private final List<HostBuffer> memory;

    private OnnxRuntimeExecution(
            OrtSession session,
            int capacity,
            int imagesPerRun,
            FloatBuffer input,
            List<FloatBuffer> outputs,
            List<BatchTensors> views,
            List<HostBuffer> memory) {
        super("ONNX Runtime execution", 0);
        this.session = session;
        this.capacity = capacity;
        this.imagesPerRun = imagesPerRun;
        this.input = input;
        this.outputs = List.copyOf(outputs);
        this.views = views;
        this.memory = memory;
        opened();
    }

    static OnnxRuntimeExecution open(
            OrtEnvironment environment, OrtSession session, NetworkShape shape, int capacity) {
        NetworkSignature signature = shape.signature();
        if (capacity < 1) {
            throw new IllegalArgumentException("a batch of " + capacity);
        }
        boolean fixed = !signature.batch().equals(BatchRange.ANY);
        int imagesPerRun = fixed ? signature.batch().most() : 0;
        int images = fixed ? roundUp(capacity, imagesPerRun) : capacity;
        try (Rollback rollback = new Rollback()) {
            List<HostBuffer> memory = new ArrayList<>();
            FloatBuffer input = allocate(signature.input(), images, memory, rollback);
            List<FloatBuffer> outputs = new ArrayList<>();
            for (TensorInfo output : signature.outputs()) {
                outputs.add(allocate(output, images, memory, rollback));
            }
            List<BatchTensors> views = new ArrayList<>();
            int viewCount = fixed ? images / imagesPerRun : images;
            for (int i = 0; i < viewCount; i++) {
                views.add(
                        rollback.add(
                                BatchTensors.of(
                                        environment,
                                        shape,
                                        input,
                                        outputs,
                                        fixed ? i * imagesPerRun : 0,
                                        fixed ? imagesPerRun : i + 1)));
            }
            rollback.commit();
            return new OnnxRuntimeExecution(
                    session, capacity, imagesPerRun, input, outputs, views, memory);
        } catch (OrtException e) {
            throw OrtFailures.running(capacity, e);
        }
    }

    private static int roundUp(int images, int multiple) {
        return Math.multiplyExact((images - 1) / multiple + 1, multiple);
    }

    private static FloatBuffer allocate(
            TensorInfo tensor, int images, List<HostBuffer> memory, Rollback rollback) {
        long bytes = (long) tensor.elementsPerImage() * images * Float.BYTES;
        try {
            HostBuffer buffer = rollback.add(new HostBuffer(Math.toIntExact(bytes)));
            memory.add(buffer);
            return buffer.floats();
        } catch (OutOfMemoryError | ArithmeticException e) {
            throw new FrameflowException(
                    FailureCode.OUT_OF_MEMORY,
                    "cannot take %d bytes outside the heap for %d images of %s (%s): lower the"
                                    .formatted(bytes, images, tensor, e.getMessage())
                            + " batch size, or raise -XX:MaxDirectMemorySize (in Flink:"
                            + " taskmanager.memory.task.off-heap.size)",
                    e);
        }
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public FloatBuffer input() {
        checkOpen();
        return input;
    }

    @Override
    public List<FloatBuffer> outputs() {
        checkOpen();
        return outputs;
    }

    @Override
    public void run(int images) {
        checkOpen();
        if (images < 1 || images > capacity) {
            throw new IllegalArgumentException(
                    "a batch of " + images + ", at most " + capacity + " fit");
        }
        try {
            if (imagesPerRun == 0) {
                run(views.get(images - 1));
                return;
            }
            for (int run = 0; run * imagesPerRun < images; run++) {
                run(views.get(run));
            }
        } catch (OrtException e) {
            throw OrtFailures.running(images, e);
        }
    }

    /** The result only refers to the outputs that it was given, and owns nothing. */
    private void run(BatchTensors view) throws OrtException {
        session.run(view.inputs(), view.outputs()).close();
    }

    @Override
    protected void free() {
        try (Rollback everything = new Rollback()) {
            memory.forEach(everything::add);
            views.forEach(everything::add);
        }
    }
}

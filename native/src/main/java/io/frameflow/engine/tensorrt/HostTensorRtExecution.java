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
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.resource.HostBuffer;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan on numbers in the host's memory, in runs of one batch size. */
final class HostTensorRtExecution extends NativeResource implements HostExecution {
    private final CudaDevice device;
    private final int capacity;
    private final int imagesPerRun;
    private final FloatBuffer input;
    private final List<FloatBuffer> outputs;
    private final Run run;
    private final List<AutoCloseable> owned;

    private HostTensorRtExecution(
            CudaDevice device,
            int capacity,
            int imagesPerRun,
            FloatBuffer input,
            List<FloatBuffer> outputs,
            Run run,
            List<AutoCloseable> owned) {
        super("TensorRT execution for the host", 0);
        this.device = device;
        this.capacity = capacity;
        this.imagesPerRun = imagesPerRun;
        this.input = input;
        this.outputs = outputs;
        this.run = run;
        this.owned = owned;
        opened();
    }

    /** What a run works with: memory of both sides for each tensor. */
    private record Run(
            TensorRtContext context, CudaStream stream, Staging input, List<Staging> outputs) {}

    /** A tensor in memory that the card can copy, and on the card. */
    private record Staging(TensorInfo tensor, PinnedBuffer host, DeviceBuffer card) {}

    static HostTensorRtExecution open(TensorRtEngine engine, CudaDevice device, int capacity) {
        NetworkSignature signature = engine.signature();
        BatchRange range = signature.batch();
        int imagesPerRun = Math.min(range.most(), Math.max(range.least(), capacity));
        int images = (capacity - 1) / imagesPerRun * imagesPerRun + imagesPerRun;
        List<AutoCloseable> owned = new ArrayList<>();
        try (Rollback rollback = new Rollback()) {
            Map<String, DeviceBuffer> buffers = new HashMap<>();
            Staging source = staging(signature.input(), imagesPerRun, buffers, owned, rollback);
            FloatBuffer input = floats(signature.input(), images, owned, rollback);
            List<Staging> results = new ArrayList<>();
            List<FloatBuffer> outputs = new ArrayList<>();
            for (TensorInfo output : signature.outputs()) {
                results.add(staging(output, imagesPerRun, buffers, owned, rollback));
                outputs.add(floats(output, images, owned, rollback));
            }
            long scratchBytes = Math.max(1, engine.contextBytes());
            DeviceBuffer scratch = own(new DeviceBuffer(scratchBytes), owned, rollback);
            CudaStream stream = own(new CudaStream(), owned, rollback);
            TensorRtContext context =
                    own(
                            new TensorRtContext(engine, imagesPerRun, buffers, scratch),
                            owned,
                            rollback);
            Run run = new Run(context, stream, source, List.copyOf(results));
            HostTensorRtExecution execution =
                    new HostTensorRtExecution(
                            device,
                            capacity,
                            imagesPerRun,
                            input,
                            List.copyOf(outputs),
                            run,
                            owned);
            rollback.commit();
            return execution;
        }
    }

    private static <T extends AutoCloseable> T own(
            T resource, List<AutoCloseable> owned, Rollback rollback) {
        owned.add(resource);
        return rollback.add(resource);
    }

    private static Staging staging(
            TensorInfo tensor,
            int images,
            Map<String, DeviceBuffer> buffers,
            List<AutoCloseable> owned,
            Rollback rollback) {
        long bytes = images * tensor.bytesPerImage();
        PinnedBuffer host = own(new PinnedBuffer(bytes), owned, rollback);
        DeviceBuffer card = own(new DeviceBuffer(bytes), owned, rollback);
        buffers.put(tensor.name(), card);
        return new Staging(tensor, host, card);
    }

    private static FloatBuffer floats(
            TensorInfo tensor, int images, List<AutoCloseable> owned, Rollback rollback) {
        long bytes = (long) images * tensor.elementsPerImage() * Float.BYTES;
        return own(new HostBuffer(Math.toIntExact(bytes)), owned, rollback).floats();
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
        device.makeCurrent();
        for (int first = 0; first < images; first += imagesPerRun) {
            runFrom(first);
        }
    }

    private void runFrom(int first) {
        CudaStream stream = run.stream();
        Staging source = run.input();
        write(source, first);
        source.card().copyFrom(source.host(), source.host().bytes(), stream);
        run.context().enqueue(stream);
        for (Staging result : run.outputs()) {
            result.card().copyTo(result.host(), result.host().bytes(), stream);
        }
        stream.synchronize();
        for (int i = 0; i < outputs.size(); i++) {
            read(run.outputs().get(i), outputs.get(i), first);
        }
    }

    private void write(Staging target, int first) {
        int start = first * target.tensor().elementsPerImage();
        int count = imagesPerRun * target.tensor().elementsPerImage();
        ByteBuffer host = target.host().view();
        if (target.tensor().type() == ElementType.FLOAT32) {
            host.asFloatBuffer().put(0, input, start, count);
            return;
        }
        TensorNumbers numbers = new TensorNumbers(target.tensor());
        for (int i = 0; i < count; i++) {
            numbers.put(host, i, input.get(start + i));
        }
    }

    private void read(Staging source, FloatBuffer target, int first) {
        int start = first * source.tensor().elementsPerImage();
        int count = imagesPerRun * source.tensor().elementsPerImage();
        ByteBuffer host = source.host().view();
        if (source.tensor().type() == ElementType.FLOAT32) {
            target.put(start, host.asFloatBuffer(), 0, count);
            return;
        }
        TensorNumbers numbers = new TensorNumbers(source.tensor());
        for (int i = 0; i < count; i++) {
            target.put(start + i, numbers.get(host, i));
        }
    }

    @Override
    protected void free() {
        device.makeCurrent();
        try (Rollback everything = new Rollback()) {
            owned.forEach(everything::add);
        }
    }
}

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
package io.frameflow.engine.tensorrt.bench;

import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaGraph;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.GoldenRun;
import io.frameflow.engine.tensorrt.TensorRtContext;
import io.frameflow.engine.tensorrt.TensorRtEngine;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One batch in flight: its memory, its context, and the events around its three parts. */
final class BenchmarkSlot implements AutoCloseable {
    private final BenchmarkStreams streams;
    private final boolean transfers;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Map<PinnedBuffer, DeviceBuffer> inputs = new LinkedHashMap<>();
    private final Map<DeviceBuffer, PinnedBuffer> outputs = new LinkedHashMap<>();
    private final TensorRtContext context;
    private final @Nullable CudaGraph graph;
    private final CudaEvent inputStarted;
    private final CudaEvent inputEnded;
    private final CudaEvent computeStarted;
    private final CudaEvent computeEnded;
    private final CudaEvent outputStarted;
    private final CudaEvent outputEnded;
    private long enqueueNanos;
    private boolean active;

    /**
     * Takes the memory and runs the engine once.
     *
     * @param batch images
     */
    BenchmarkSlot(
            TensorRtEngine engine, int batch, BenchmarkOptions options, BenchmarkStreams streams) {
        this.streams = streams;
        this.transfers = options.dataTransfers();
        try (Rollback rollback = new Rollback()) {
            Map<String, DeviceBuffer> tensors = tensors(engine.signature(), batch, rollback);
            long scratchBytes = Math.max(1, engine.contextBytes());
            DeviceBuffer scratch = own(rollback, new DeviceBuffer(scratchBytes));
            context = own(rollback, new TensorRtContext(engine, batch, tensors, scratch));
            inputStarted = own(rollback, new CudaEvent());
            inputEnded = own(rollback, new CudaEvent());
            computeStarted = own(rollback, new CudaEvent());
            computeEnded = own(rollback, new CudaEvent());
            outputStarted = own(rollback, new CudaEvent());
            outputEnded = own(rollback, new CudaEvent());
            // TensorRT allocates at the first run of a shape, which a capture must not see.
            inputs.forEach(this::upload);
            streams.input().synchronize();
            context.enqueue(streams.compute());
            streams.compute().synchronize();
            graph = options.cudaGraph() ? own(rollback, capture()) : null;
            rollback.commit();
        }
    }

    private <T extends AutoCloseable> T own(Rollback rollback, T resource) {
        owned.add(resource);
        return rollback.add(resource);
    }

    private CudaGraph capture() {
        return CudaGraph.capture(streams.compute(), () -> context.enqueue(streams.compute()));
    }

    private Map<String, DeviceBuffer> tensors(
            NetworkSignature signature, int batch, Rollback rollback) {
        Map<String, DeviceBuffer> tensors = new HashMap<>();
        TensorInfo input = signature.input();
        PinnedBuffer source = own(rollback, new PinnedBuffer(batch * input.bytesPerImage()));
        GoldenRun.fill(input, source.view());
        DeviceBuffer target = own(rollback, new DeviceBuffer(source.bytes()));
        inputs.put(source, target);
        tensors.put(input.name(), target);
        for (TensorInfo output : signature.outputs()) {
            long bytes = batch * output.bytesPerImage();
            DeviceBuffer device = own(rollback, new DeviceBuffer(bytes));
            if (transfers) {
                outputs.put(device, own(rollback, new PinnedBuffer(bytes)));
            }
            tensors.put(output.name(), device);
        }
        return tensors;
    }

    private void upload(PinnedBuffer source, DeviceBuffer target) {
        target.copyFrom(source, source.bytes(), streams.input());
    }

    /** Queues a batch. The one before must have been finished. */
    void start() {
        if (transfers) {
            inputStarted.record(streams.input());
            inputs.forEach(this::upload);
            inputEnded.record(streams.input());
            streams.compute().waitFor(inputEnded);
        }
        computeStarted.record(streams.compute());
        long start = System.nanoTime();
        if (graph == null) {
            context.enqueue(streams.compute());
        } else {
            graph.launch(streams.compute());
        }
        enqueueNanos = System.nanoTime() - start;
        computeEnded.record(streams.compute());
        if (transfers) {
            streams.output().waitFor(computeEnded);
            outputStarted.record(streams.output());
            outputs.forEach((device, host) -> device.copyTo(host, host.bytes(), streams.output()));
            outputEnded.record(streams.output());
        }
        active = true;
    }

    /** Waits for the batch in flight, if there is one, and takes its times. */
    void finish(Timings timings) {
        if (!active) {
            return;
        }
        active = false;
        if (!transfers) {
            computeEnded.synchronize();
            timings.add(enqueueNanos, 0, computeEnded.nanosSince(computeStarted), 0);
            return;
        }
        outputEnded.synchronize();
        timings.add(
                enqueueNanos,
                inputEnded.nanosSince(inputStarted),
                computeEnded.nanosSince(computeStarted),
                outputEnded.nanosSince(outputStarted));
    }

    /** The batch must have been finished. */
    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            owned.forEach(resource -> everything.add(Objects.requireNonNull(resource)));
        }
    }
}

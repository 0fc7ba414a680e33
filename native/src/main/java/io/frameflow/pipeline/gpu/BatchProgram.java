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

import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaGraph;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.LetterboxKernel;
import io.frameflow.engine.tensorrt.TensorRtContext;
import io.frameflow.postprocess.gpu.GpuPostprocessing;
import io.frameflow.resource.Rollback;
import java.util.Map;
import java.util.Objects;

/**
 * The fixed part of the work for batches of one size, from decoded pictures to results, captured
 * once as a graph.
 */
final class BatchProgram implements AutoCloseable {
    private final int batch;
    private final TensorRtContext context;
    private final LetterboxKernel letterbox;
    private final CudaEvent started;
    private final CudaEvent placed;
    private final CudaEvent inferred;
    private final CudaEvent finished;
    private final CudaGraph graph;

    /**
     * Prepares and captures.
     *
     * @param batch pictures in each batch
     * @param postprocessing what is made of the outputs; stays the caller's
     */
    BatchProgram(
            GpuModel model,
            int batch,
            FrameDescriptors frames,
            Map<String, DeviceBuffer> tensors,
            DeviceBuffer scratch,
            GpuPostprocessing postprocessing,
            CudaStream stream) {
        this.batch = batch;
        try (Rollback rollback = new Rollback()) {
            context = rollback.add(new TensorRtContext(model.engine(), batch, tensors, scratch));
            letterbox =
                    rollback.add(
                            new LetterboxKernel(
                                    model.device(),
                                    model.kernels(),
                                    frames,
                                    batch,
                                    model.input(),
                                    model.inputType(),
                                    Objects.requireNonNull(tensors.get(model.inputName()))));
            started = rollback.add(new CudaEvent());
            placed = rollback.add(new CudaEvent());
            inferred = rollback.add(new CudaEvent());
            finished = rollback.add(new CudaEvent());
            // TensorRT allocates at the first run of a shape, which a capture must not see.
            frames.upload(stream);
            context.enqueue(stream);
            stream.synchronize();
            graph =
                    rollback.add(
                            CudaGraph.capture(stream, () -> work(frames, postprocessing, stream)));
            rollback.commit();
        }
    }

    private void work(
            FrameDescriptors frames, GpuPostprocessing postprocessing, CudaStream stream) {
        started.recordInGraph(stream);
        frames.upload(stream);
        postprocessing.queuePreparation(stream);
        letterbox.launch(stream);
        placed.recordInGraph(stream);
        context.enqueue(stream);
        inferred.recordInGraph(stream);
        postprocessing.queueWork(batch, stream);
        finished.recordInGraph(stream);
        postprocessing.queueFixedCopies(batch, stream);
    }

    /** Pictures in each batch. */
    int batch() {
        return batch;
    }

    /** Queues the work. */
    void launch(CudaStream stream) {
        graph.launch(stream);
    }

    /** Nanoseconds of scaling and normalisation in the last batch, once the work is done. */
    long preprocessNanos() {
        return placed.nanosSince(started);
    }

    /** Nanoseconds of the engine in the last batch, once the work is done. */
    long inferenceNanos() {
        return inferred.nanosSince(placed);
    }

    /** Nanoseconds of the kernels behind the engine in the last batch, once the work is done. */
    long postprocessNanos() {
        return finished.nanosSince(inferred);
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(context);
            everything.add(letterbox);
            everything.add(started);
            everything.add(placed);
            everything.add(inferred);
            everything.add(finished);
            everything.add(graph);
        }
    }
}

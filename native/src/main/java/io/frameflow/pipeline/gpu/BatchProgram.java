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
 * The fixed part of the work for batches of one size, from decoded pictures to results on the card:
 * placing them in the engine's input, the engine, captured once as a graph, and the kernels behind
 * it. The engine has a stream of its own, so that the pictures of one batch are placed, and the
 * outputs of another looked through, while it works on a third.
 */
final class BatchProgram implements AutoCloseable {
    private final int batch;
    private final TensorRtContext context;
    private final LetterboxKernel letterbox;
    private final GpuPostprocessing postprocessing;
    private final CudaEvent placing;
    private final CudaEvent placed;
    private final CudaEvent inferring;
    private final CudaEvent inferred;
    private final CudaEvent finished;
    private final CudaGraph graph;

    /**
     * Prepares and captures.
     *
     * @param batch pictures in each batch
     * @param frames where the pictures lie; stays the caller's
     * @param postprocessing what is made of the outputs; stays the caller's
     * @param stream where the engine will run
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
        this.postprocessing = postprocessing;
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
            placing = rollback.add(new CudaEvent());
            placed = rollback.add(new CudaEvent());
            inferring = rollback.add(new CudaEvent());
            inferred = rollback.add(new CudaEvent());
            finished = rollback.add(new CudaEvent());
            // TensorRT allocates at the first run of a shape, which a capture must not see.
            context.enqueue(stream);
            stream.synchronize();
            graph = rollback.add(CudaGraph.capture(stream, () -> context.enqueue(stream)));
            rollback.commit();
        }
    }

    /** Pictures in each batch. */
    int batch() {
        return batch;
    }

    /**
     * Queues the work.
     *
     * @param batchStream the batch's own: where its pictures, what is said about them, and what the
     *     postprocessing prepares will be there, and then the results
     * @param engineStream where engines run, one batch behind the other; may be the same
     */
    void launch(CudaStream batchStream, CudaStream engineStream) {
        placing.record(batchStream);
        letterbox.launch(batchStream);
        placed.record(batchStream);
        follow(engineStream, batchStream, placed);
        inferring.record(engineStream);
        graph.launch(engineStream);
        inferred.record(engineStream);
        follow(batchStream, engineStream, inferred);
        postprocessing.queueWork(batch, batchStream);
        finished.record(batchStream);
    }

    private static void follow(CudaStream stream, CudaStream before, CudaEvent reached) {
        if (stream != before) {
            stream.waitFor(reached);
        }
    }

    /**
     * Nanoseconds of scaling and normalisation in the last batch; waits until they are done.
     *
     * @param spinNanos how long to wait without sleeping
     */
    long preprocessNanos(long spinNanos) {
        placed.synchronizeSoon(spinNanos);
        return placed.nanosSince(placing);
    }

    /** The same of the engine. */
    long inferenceNanos(long spinNanos) {
        inferred.synchronizeSoon(spinNanos);
        return inferred.nanosSince(inferring);
    }

    /** The same of the kernels behind the engine. */
    long postprocessNanos(long spinNanos) {
        finished.synchronizeSoon(spinNanos);
        return finished.nanosSince(inferred);
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(context);
            everything.add(letterbox);
            everything.add(placing);
            everything.add(placed);
            everything.add(inferring);
            everything.add(inferred);
            everything.add(finished);
            everything.add(graph);
        }
    }
}

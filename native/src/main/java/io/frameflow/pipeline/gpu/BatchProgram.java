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
 * The fixed part of the work for batches of one size, from decoded pictures to results: placing
 * them in the engine's input, and the engine with all that follows, captured once as a graph. The
 * two run in streams of their own, so that one batch is placed while the engine works on another.
 */
final class BatchProgram implements AutoCloseable {
    private final int batch;
    private final TensorRtContext context;
    private final LetterboxKernel letterbox;
    private final FrameDescriptors frames;
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
        this.frames = frames;
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
            frames.upload(stream);
            context.enqueue(stream);
            stream.synchronize();
            graph = rollback.add(CudaGraph.capture(stream, () -> infer(stream)));
            rollback.commit();
        }
    }

    private void infer(CudaStream stream) {
        inferring.recordInGraph(stream);
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

    /**
     * Queues the work.
     *
     * @param pictureStream where the pictures will be there
     * @param engineStream where engines run, one batch behind the other
     */
    void launch(CudaStream pictureStream, CudaStream engineStream) {
        placing.record(pictureStream);
        frames.upload(pictureStream);
        postprocessing.queuePreparation(pictureStream);
        letterbox.launch(pictureStream);
        placed.record(pictureStream);
        engineStream.waitFor(placed);
        graph.launch(engineStream);
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

    /** Nanoseconds of the engine in the last batch, once the work is done. */
    long inferenceNanos() {
        return inferred.nanosSince(inferring);
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
            everything.add(placing);
            everything.add(placed);
            everything.add(inferring);
            everything.add(inferred);
            everything.add(finished);
            everything.add(graph);
        }
    }
}

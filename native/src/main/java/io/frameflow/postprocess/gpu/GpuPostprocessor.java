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
package io.frameflow.postprocess.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.result.Findings;

/**
 * One thing that is made of a network's outputs on the card, with the memory that one batch in
 * flight needs for it.
 *
 * <p>For each batch, in this order: {@link #begin}, {@link #place} for each frame that there is; on
 * the stream {@link #queuePreparation}, the engine, {@link #queueWork}, {@link #queueCopies}; once
 * the stream is done, {@link #addTo} for each frame. Used by one thread at a time.
 */
sealed interface GpuPostprocessor extends AutoCloseable
        permits GpuDetector, GpuSegmenter, GpuTensorReader {
    /**
     * Begins a batch; the work of the last one must be done.
     *
     * @param batch its size: one of those that batches may have
     */
    void begin(int batch);

    /** Says where a frame lies in the model's input. */
    void place(int place, Letterbox letterbox);

    /** Queues what must be done before the work. */
    void queuePreparation(CudaStream stream);

    /** Queues the kernels for a batch of this size. */
    void queueWork(int batch, CudaStream stream);

    /**
     * Queues the copies to the host.
     *
     * @param frames places of the batch that are used
     */
    void queueCopies(int frames, CudaStream stream);

    /**
     * Adds what was found in a frame.
     *
     * @param findings what others found
     * @throws FrameflowException with {@code NON_FINITE_OUTPUT} if the network's output for the
     *     frame cannot be used
     */
    Findings addTo(Findings findings, int place, Letterbox letterbox);

    @Override
    void close();
}

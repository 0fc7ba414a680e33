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
import io.frameflow.resource.Rollback;
import io.frameflow.result.Findings;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is made of a network's outputs on the card, with the memory that one batch in
 * flight needs for it: boxes, a class map, raw outputs, as the model file asks for.
 *
 * <p>For each batch, in this order: {@link #begin}, {@link #place} for each frame that there is; on
 * the stream {@link #queuePreparation}, the engine, {@link #queueWork}, {@link #queueCopies}; once
 * the stream is done, {@link #read} for each frame. Used by one thread at a time.
 */
public final class GpuPostprocessing implements AutoCloseable {
    private final List<GpuPostprocessor> parts = new ArrayList<>();

    /**
     * Takes the memory and prepares the kernels.
     *
     * @param outputs what is to be made
     * @param network the outputs
     * @param sizes sizes that batches may have
     */
    public GpuPostprocessing(GpuOutputs outputs, NetworkOnCard network, List<Integer> sizes) {
        try (Rollback rollback = new Rollback()) {
            if (outputs.head() != null) {
                parts.add(
                        rollback.add(
                                new GpuDetector(
                                        outputs.head(),
                                        outputs.model().thresholds(),
                                        network,
                                        sizes)));
            }
            if (outputs.classes() != null) {
                parts.add(
                        rollback.add(
                                new GpuSegmenter(
                                        outputs.classes(), outputs.model().input(), network)));
            }
            if (!outputs.tensors().isEmpty()) {
                parts.add(rollback.add(new GpuTensorReader(outputs.tensors(), network)));
            }
            rollback.commit();
        }
    }

    /**
     * Begins a batch; the work of the last one must be done.
     *
     * @param batch its size: one of those that batches may have
     */
    public void begin(int batch) {
        parts.forEach(part -> part.begin(batch));
    }

    /** Says where a frame lies in the model's input; may take memory for a large one. */
    public void place(int place, Letterbox letterbox) {
        parts.forEach(part -> part.place(place, letterbox));
    }

    /** Queues what must be done before the work. */
    public void queuePreparation(CudaStream stream) {
        parts.forEach(part -> part.queuePreparation(stream));
    }

    /** Queues the kernels for a batch of this size. */
    public void queueWork(int batch, CudaStream stream) {
        parts.forEach(part -> part.queueWork(batch, stream));
    }

    /**
     * Queues the copies to the host.
     *
     * @param frames places of the batch that are used, counted from the first
     */
    public void queueCopies(int frames, CudaStream stream) {
        parts.forEach(part -> part.queueCopies(frames, stream));
    }

    /**
     * What was found in a frame.
     *
     * @throws FrameflowException with {@code NON_FINITE_OUTPUT} if the network's output for the
     *     frame cannot be used
     */
    public Findings read(int place, Letterbox letterbox) {
        Findings findings = Findings.nothing();
        for (GpuPostprocessor part : parts) {
            findings = part.addTo(findings, place, letterbox);
        }
        return findings;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            parts.forEach(everything::add);
        }
    }
}

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
package io.frameflow.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Turns batches of encoded frames into results.
 *
 * <p>Owned by one thread at a time, which alone calls {@link #submit} and {@link #close}; whoever
 * hands it over to another makes sure that the other sees all that happened before. Several batches
 * may be in flight; they complete in the order of submission, on a thread of the pipeline.
 */
public interface FramePipeline extends AutoCloseable {

    /** The model that it runs. Does not change. */
    ModelDescription model();

    /**
     * What holds for frames without settings of their own. Null where it has no meaning for this
     * pipeline, as thresholds have none for models that find no objects. Does not change.
     */
    default FrameSettings defaults() {
        return FrameSettings.DEFAULT;
    }

    /** Most frames that a batch may have; at least 1. */
    int maxBatchSize();

    /** Batches that may be in flight at once so that its stages overlap; at least 1. */
    int maxBatchesInFlight();

    /**
     * Starts a batch and does not wait for it. What is to be done before the batch can be left
     * alone, such as copying its bytes, may be done here.
     *
     * @param frames 1 to {@link #maxBatchSize()} frames; frames of one camera in their order
     * @return completes with one result a frame, in the order of {@code frames}; or exceptionally
     *     with a {@link io.frameflow.failure.FrameflowException} that concerns the whole batch,
     *     never of the kind {@link io.frameflow.failure.FailureKind#BAD_INPUT}
     * @throws IllegalArgumentException if there are no frames or too many
     * @throws IllegalStateException if too many batches are in flight, or it is closed
     */
    CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames);

    /** Waits for the batches in flight, then frees everything. Does nothing the second time. */
    @Override
    void close();
}

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

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs batches through a pipeline with as many in flight as it takes. */
final class BatchesInFlight {
    private BatchesInFlight() {}

    /** The results of the batches, in their order. */
    static List<List<FrameResult>> run(FramePipeline pipeline, List<List<EncodedFrame>> batches)
            throws Exception {
        List<List<FrameResult>> results = new ArrayList<>();
        Deque<CompletableFuture<List<FrameResult>>> flight = new ArrayDeque<>();
        for (List<EncodedFrame> batch : batches) {
            if (flight.size() == pipeline.maxBatchesInFlight()) {
                results.add(flight.remove().get());
            }
            flight.add(pipeline.submit(batch));
        }
        while (!flight.isEmpty()) {
            results.add(flight.remove().get());
        }
        return results;
    }
}

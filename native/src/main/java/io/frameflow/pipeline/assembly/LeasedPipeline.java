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
package io.frameflow.pipeline.assembly;

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A pipeline that holds a share of a card for as long as it is open. */
final class LeasedPipeline implements FramePipeline {
    private final FramePipeline pipeline;
    private final GpuLease lease;

    LeasedPipeline(FramePipeline pipeline, GpuLease lease) {
        this.pipeline = pipeline;
        this.lease = lease;
    }

    @Override
    public ModelDescription model() {
        return pipeline.model();
    }

    @Override
    public FrameSettings defaults() {
        return pipeline.defaults();
    }

    @Override
    public int maxBatchSize() {
        return pipeline.maxBatchSize();
    }

    @Override
    public int maxBatchesInFlight() {
        return pipeline.maxBatchesInFlight();
    }

    @Override
    public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
        return pipeline.submit(frames);
    }

    @Override
    public void close() {
        try (lease) {
            pipeline.close();
        }
    }
}

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
package io.frameflow.benchmark;

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Any pipeline, with counts of what all pipelines of this process were given. */
final class CountingPipeline implements FramePipeline {
    private static final LongAdder FRAMES = new LongAdder();
    private static final LongAdder BATCHES = new LongAdder();
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final FramePipeline pipeline;
    private boolean closed;

    private CountingPipeline(FramePipeline pipeline) {
        this.pipeline = pipeline;
        OPEN.incrementAndGet();
    }

    static FramePipelineFactory around(FramePipelineFactory factory) {
        return slot -> new CountingPipeline(factory.open(slot));
    }

    static long frames() {
        return FRAMES.sum();
    }

    static long batches() {
        return BATCHES.sum();
    }

    static int open() {
        return OPEN.get();
    }

    @Override
    public ModelDescription model() {
        return pipeline.model();
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
        FRAMES.add(frames.size());
        BATCHES.increment();
        return pipeline.submit(frames);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OPEN.decrementAndGet();
            pipeline.close();
        }
    }
}

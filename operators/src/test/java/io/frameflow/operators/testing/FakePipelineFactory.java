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
package io.frameflow.operators.testing;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.SlotResources;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Opens pipelines that complete batches by themselves, on a thread of their own, for whole jobs.
 * Their model is named as the file; there is none where the name has "missing" in it.
 *
 * @param maxBatchSize most frames in a batch
 * @param maxBatchesInFlight most batches in flight
 * @param batchTime how long the thread works on a batch
 * @param examiner says what becomes of a frame; what it throws fails the batch
 * @param model the model that they claim to run
 */
public record FakePipelineFactory(
        int maxBatchSize,
        int maxBatchesInFlight,
        Duration batchTime,
        Examiner examiner,
        String model)
        implements FramePipelineFactory {
    private static final AtomicInteger OPEN = new AtomicInteger();

    /** What becomes of a frame; called by the thread of the pipeline. */
    @FunctionalInterface
    public interface Examiner extends Function<EncodedFrame, FrameResult>, Serializable {}

    /** Pipelines that run {@link FakeResults#MODEL}. */
    public FakePipelineFactory(
            int maxBatchSize, int maxBatchesInFlight, Duration batchTime, Examiner examiner) {
        this(maxBatchSize, maxBatchesInFlight, batchTime, examiner, FakeResults.MODEL.name());
    }

    @Override
    public FramePipelineFactory withModel(String modelFile) {
        return new FakePipelineFactory(
                maxBatchSize, maxBatchesInFlight, batchTime, examiner, modelFile);
    }

    /** Pipelines in this process that were opened and not closed. */
    public static int openPipelines() {
        return OPEN.get();
    }

    @Override
    public FramePipeline open(SlotResources slot) {
        if (model.contains("missing")) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL_FILE, "there is no file " + model);
        }
        OPEN.incrementAndGet();
        return new WorkingPipeline();
    }

    private final class WorkingPipeline implements FramePipeline {
        private final ExecutorService worker = Executors.newSingleThreadExecutor();
        private boolean closed;

        @Override
        public ModelDescription model() {
            return FakeResults.model(model);
        }

        @Override
        public int maxBatchSize() {
            return maxBatchSize;
        }

        @Override
        public int maxBatchesInFlight() {
            return maxBatchesInFlight;
        }

        @Override
        public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
            return CompletableFuture.supplyAsync(() -> work(frames), worker);
        }

        private List<FrameResult> work(List<EncodedFrame> frames) {
            try {
                TimeUnit.NANOSECONDS.sleep(batchTime.toNanos());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the worker", e);
            }
            return frames.stream().map(examiner).toList();
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            worker.shutdown();
            try {
                if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a batch does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            OPEN.decrementAndGet();
        }
    }
}

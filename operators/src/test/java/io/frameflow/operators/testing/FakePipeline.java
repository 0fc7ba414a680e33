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

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A pipeline that a test completes batch by batch. It checks what the contract asks of its owner:
 * batches from one thread, of 1 to {@code maxBatchSize} frames, no more in flight than allowed,
 * nothing after it was closed.
 */
public final class FakePipeline implements FramePipeline {
    private final int maxBatchSize;
    private final int maxBatchesInFlight;
    private final Function<EncodedFrame, FrameResult> examiner;
    private final List<List<EncodedFrame>> batches =
            Collections.synchronizedList(new ArrayList<>());
    private final Queue<CompletableFuture<List<FrameResult>>> inFlight = new ArrayDeque<>();
    private Thread owner;
    private boolean closed;

    /**
     * A pipeline owned by the thread that submits the first batch.
     *
     * @param examiner says what becomes of a frame
     */
    public FakePipeline(
            int maxBatchSize,
            int maxBatchesInFlight,
            Function<EncodedFrame, FrameResult> examiner) {
        this.maxBatchSize = maxBatchSize;
        this.maxBatchesInFlight = maxBatchesInFlight;
        this.examiner = examiner;
    }

    @Override
    public ModelDescription model() {
        return FakeResults.MODEL;
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
    public synchronized CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
        checkOwner();
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (frames.isEmpty() || frames.size() > maxBatchSize) {
            throw new IllegalArgumentException("a batch of " + frames.size() + " frames");
        }
        if (inFlight.size() >= maxBatchesInFlight) {
            throw new IllegalStateException("too many batches in flight");
        }
        CompletableFuture<List<FrameResult>> future = new CompletableFuture<>();
        batches.add(List.copyOf(frames));
        inFlight.add(future);
        return future;
    }

    /** Completes the oldest batch in flight, on the calling thread. */
    public void completeNext() {
        List<EncodedFrame> frames;
        CompletableFuture<List<FrameResult>> future;
        synchronized (this) {
            frames = batches.get(batches.size() - inFlight.size());
            future = inFlight.remove();
        }
        future.complete(frames.stream().map(examiner).toList());
    }

    /** Fails the oldest batch in flight, on the calling thread. */
    public void failNext(Throwable failure) {
        CompletableFuture<List<FrameResult>> future;
        synchronized (this) {
            future = inFlight.remove();
        }
        future.completeExceptionally(failure);
    }

    /** Completes the oldest batch in flight with results of the test's own. */
    public synchronized void completeNextWith(List<FrameResult> results) {
        inFlight.remove().complete(results);
    }

    /** All batches so far, in the order of submission. */
    public List<List<EncodedFrame>> batches() {
        return List.copyOf(batches);
    }

    /** The sizes of all batches so far. */
    public List<Integer> batchSizes() {
        return batches().stream().map(List::size).toList();
    }

    /** Batches in flight. */
    public synchronized int inFlight() {
        return inFlight.size();
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Completes what is in flight, as a real pipeline waits for it. */
    @Override
    public void close() {
        while (inFlight() > 0) {
            completeNext();
        }
        synchronized (this) {
            closed = true;
        }
    }

    private void checkOwner() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "called by " + Thread.currentThread() + ", owned by " + owner);
        }
    }
}

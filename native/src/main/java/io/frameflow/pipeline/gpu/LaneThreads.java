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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.resource.Threads;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that take batches through lanes, one lane a batch.
 *
 * <ul>
 *   <li>One stages: it copies the bytes of batches to where the card can read them.
 *   <li>Two decode, a batch each. The decoder parses headers and takes bytes over within the call,
 *       which returns when most of the decoding is done; with a second batch beside it, the units
 *       that decode need not wait for that.
 *   <li>One feeds the card with the rest of the work, in the order of submission: it waits for the
 *       decoding of a batch, also where that of the next one ends earlier.
 *   <li>One reads the results, in that order, too. Failures take the same way.
 * </ul>
 *
 * <p>So a batch is copied in and two are decoded while the engine works on another, as far as there
 * are lanes. A batch that comes while no other is in flight has nothing to overlap with: the thread
 * that feeds takes it through all steps up to its own, or the caller's where it is small, since to
 * wake a thread up takes longer than to copy a few pictures.
 *
 * <p>What a step of a batch wrote is seen by the next one's thread, since all of them hand batches
 * over through queues and futures.
 */
final class LaneThreads implements AutoCloseable {
    private static final int DECODING = 2;

    private final int lanes;
    private final BlockingQueue<BatchLane> freeLanes;
    private final Runnable makeCurrent;
    private final ExecutorService staging;
    private final ExecutorService decoding;
    private final ExecutorService feeding;
    private final ExecutorService reading;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * Starts the threads.
     *
     * @param lanes stay the caller's, who closes them after this
     * @param makeCurrent makes the card of the lanes that of the calling thread; called before each
     *     step, since it costs next to nothing and where it fails only that step of a batch does
     */
    LaneThreads(List<? extends BatchLane> lanes, Runnable makeCurrent) {
        this.lanes = lanes.size();
        this.freeLanes = new ArrayBlockingQueue<>(lanes.size(), false, lanes);
        this.makeCurrent = makeCurrent;
        staging = Threads.named("frameflow-gpu-staging", 1);
        decoding = Threads.named("frameflow-gpu-decoding", DECODING);
        feeding = Threads.named("frameflow-gpu-feeding", 1);
        reading = Threads.named("frameflow-gpu-reading", 1);
    }

    /**
     * Starts a batch; called by one thread at a time.
     *
     * @return completes in the order of submission, on a thread of this, with one result a frame or
     *     a {@link FrameflowException}
     * @throws IllegalStateException if all lanes have a batch
     */
    CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
        int others = inFlight.getAndIncrement();
        if (others == lanes) {
            inFlight.decrementAndGet();
            throw new IllegalStateException(lanes + " batches are in flight");
        }
        Batch batch = new Batch(freeLanes.remove(), List.copyOf(frames), new CompletableFuture<>());
        if (others > 0) {
            staging.execute(() -> stage(batch));
        } else if (frames.size() <= GpuLane.SMALL_BATCH) {
            // No thread is at work: all lanes are free until this method returns.
            feed(batch, () -> decodeHere(batch));
        } else {
            // The next batch is launched by the same thread, and so not before this one.
            feeding.execute(() -> feed(batch, () -> decodeHere(batch)));
        }
        return batch.future();
    }

    /** A batch on its way through a lane. */
    private record Batch(
            BatchLane lane,
            List<EncodedFrame> frames,
            CompletableFuture<List<FrameResult>> future) {}

    private void decodeHere(Batch batch) {
        makeCurrent.run();
        batch.lane().stage(batch.frames());
        batch.lane().decode(true);
    }

    private void stage(Batch batch) {
        CompletableFuture<Void> decoded = stageAndDecode(batch);
        feeding.execute(() -> feed(batch, decoded::join));
    }

    /** Stages a batch and has it decoded by another thread; a failure of either is the future's. */
    private CompletableFuture<Void> stageAndDecode(Batch batch) {
        try {
            makeCurrent.run();
            batch.lane().stage(batch.frames());
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.runAsync(
                () -> {
                    makeCurrent.run();
                    batch.lane().decode(false);
                },
                decoding);
    }

    /** Launches a batch once it is decoded; its results are read next, also where it fails. */
    private void feed(Batch batch, Runnable awaitDecoded) {
        try {
            // First: until its decoding has ended, nothing may be done with a lane.
            awaitDecoded.run();
            makeCurrent.run();
            batch.lane().launch();
        } catch (RuntimeException | Error e) {
            reading.execute(() -> fail(batch, e));
            return;
        }
        reading.execute(() -> read(batch));
    }

    private void read(Batch batch) {
        List<FrameResult> results;
        try {
            makeCurrent.run();
            results = batch.lane().finish();
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return;
        }
        release(batch.lane());
        batch.future().complete(results);
    }

    private void fail(Batch batch, Throwable thrown) {
        Throwable failure = causeOf(thrown);
        try {
            makeCurrent.run();
            batch.lane().abandon();
        } catch (RuntimeException | Error abandoning) {
            failure = together(failure, abandoning);
        }
        release(batch.lane());
        batch.future()
                .completeExceptionally(
                        failure instanceof FrameflowException
                                ? failure
                                : new FrameflowException(
                                        FailureCode.INTERNAL_ERROR,
                                        "the pipeline failed: " + failure,
                                        failure));
    }

    /** A batch can be tried again, a card that is lost cannot: that is what is told then. */
    private static Throwable together(Throwable failure, Throwable abandoning) {
        boolean lost =
                abandoning instanceof FrameflowException found
                        && found.code() == FailureCode.DEVICE_LOST;
        Throwable told = lost ? abandoning : failure;
        if (failure != abandoning) {
            told.addSuppressed(lost ? failure : abandoning);
        }
        return told;
    }

    /** What another thread threw, where a future handed it over. */
    private static Throwable causeOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }

    private void release(BatchLane lane) {
        freeLanes.add(lane);
        inFlight.decrementAndGet();
    }

    /** Waits for the batches in flight and ends the threads, each after those that give it work. */
    @Override
    public void close() {
        Threads.finish(staging);
        Threads.finish(decoding);
        Threads.finish(feeding);
        Threads.finish(reading);
    }
}

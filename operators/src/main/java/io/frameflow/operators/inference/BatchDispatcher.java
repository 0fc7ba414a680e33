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
package io.frameflow.operators.inference;

import io.frameflow.operators.metrics.InferenceMetrics;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameResult.Examined;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects frames into batches and sends them through the pipeline. The pipeline can be changed
 * between two batches: the one before ends its batches while the new one has begun.
 *
 * <p>Everything runs on the thread of the task. The pipeline completes batches on a thread of its
 * own, which does nothing but put a mail into the mailbox of the task.
 */
final class BatchDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDispatcher.class);

    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final InferenceMetrics metrics;
    private final ThrowingRunnable<Exception> onCompletion;
    private final Consumer<FramePipeline> onRetirement;

    private RunningPipeline running;
    private Batch open;
    private long openedAtMillis;
    private @Nullable ScheduledFuture<?> timer;

    /** Written by the thread of the task alone; atomic because metric reporters read it. */
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * A dispatcher.
     *
     * @param onCompletion runs whenever frames have got their results, after the pipeline has been
     *     given its next batch
     * @param onRetirement takes the pipelines that were changed for others, once their batches are
     *     done
     */
    BatchDispatcher(
            RunningPipeline running,
            MailboxExecutor mailbox,
            ProcessingTimeService clock,
            InferenceMetrics metrics,
            ThrowingRunnable<Exception> onCompletion,
            Consumer<FramePipeline> onRetirement) {
        this.running = running;
        this.mailbox = mailbox;
        this.clock = clock;
        this.metrics = metrics;
        this.onCompletion = onCompletion;
        this.onRetirement = onRetirement;
        this.open = new Batch(running.policy().maxBatchSize());
    }

    /**
     * Changes over to another pipeline. What has been collected so far still goes to the one
     * before; where that has no room, yields to the mailbox until one of its batches is done.
     */
    void switchTo(RunningPipeline next) throws Exception {
        while (open.size() > 0) {
            if (running.hasRoom()) {
                send(FlushReason.MODEL_SWITCH);
            } else {
                mailbox.yield();
            }
        }
        RunningPipeline before = running;
        running = next;
        open = new Batch(next.policy().maxBatchSize());
        if (before.inFlight() == 0) {
            onRetirement.accept(before.pipeline());
        }
    }

    /** Batches in flight. For any thread. */
    int inFlight() {
        return inFlight.get();
    }

    /**
     * Takes a frame. Where the batch is full and cannot leave, yields to the mailbox until a batch
     * in flight has made room: the back-pressure on the source.
     */
    void add(PendingFrame frame) throws Exception {
        open.add(frame);
        if (open.size() == 1) {
            openedAtMillis = clock.getCurrentProcessingTime();
        }
        sendIfDue();
        if (open.size() == 1) {
            startTimer();
        }
        while (open.size() >= running.policy().maxBatchSize()) {
            mailbox.yield();
        }
    }

    /** Sends what is there and yields to the mailbox until every frame has its result. */
    void drain(FlushReason reason) throws Exception {
        while (open.size() > 0 || inFlight.get() > 0) {
            if (open.size() > 0 && running.hasRoom()) {
                send(reason);
            } else {
                mailbox.yield();
            }
        }
    }

    private void sendIfDue() throws Exception {
        long waited = clock.getCurrentProcessingTime() - openedAtMillis;
        FlushReason reason = running.policy().decide(open.size(), waited, running.inFlight());
        if (reason != null) {
            send(reason);
        }
    }

    private void send(FlushReason reason) throws Exception {
        RunningPipeline target = running;
        Batch batch = open;
        open = new Batch(target.policy().maxBatchSize());
        stopTimer();
        metrics.batchSent(
                reason.metricName(), batch.size(), batch.sent(System.nanoTime(), target.mapper()));
        inFlight.incrementAndGet();
        target.began();
        try {
            var unused =
                    target.pipeline()
                            .submit(batch.encodedFrames())
                            .whenComplete(
                                    (results, failure) -> post(target, batch, results, failure));
        } catch (RuntimeException e) {
            throw PipelineFailures.translate(e);
        }
    }

    /** Called by a thread of the pipeline. */
    private void post(
            RunningPipeline source,
            Batch batch,
            @Nullable List<FrameResult> results,
            @Nullable Throwable failure) {
        try {
            if (results != null) {
                mailbox.execute(() -> completed(source, batch, results), "results of a batch");
            } else {
                Throwable cause = failure != null ? failure : new NullPointerException("results");
                mailbox.execute(() -> failed(cause), "failure of a batch");
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended, the results of {} frames are dropped", batch.size());
        }
    }

    private void failed(Throwable failure) throws Exception {
        inFlight.decrementAndGet();
        throw PipelineFailures.translate(failure);
    }

    private void completed(RunningPipeline source, Batch batch, List<FrameResult> results)
            throws Exception {
        inFlight.decrementAndGet();
        source.finished();
        batch.complete(results);
        reportStageTimes(results);
        // First give the pipeline its next batch, then emit: emission must not keep it waiting.
        sendIfDue();
        onCompletion.run();
        if (source != running && source.inFlight() == 0) {
            onRetirement.accept(source.pipeline());
        }
    }

    /** All frames of a batch have its times; rejected ones have none. */
    private void reportStageTimes(List<FrameResult> results) {
        for (FrameResult result : results) {
            if (result instanceof Examined examined) {
                metrics.batchExamined(examined.times());
                return;
            }
        }
    }

    private void startTimer() {
        Batch batch = open;
        timer =
                clock.registerTimer(
                        openedAtMillis + running.policy().timeoutMillis(),
                        time -> {
                            // The batch may have left while this call waited in the mailbox.
                            if (open == batch) {
                                sendIfDue();
                            }
                        });
    }

    private void stopTimer() {
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }
}

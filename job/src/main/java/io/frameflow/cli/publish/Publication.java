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
package io.frameflow.cli.publish;

import io.frameflow.cli.process.StopSignal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Publishes all sources of a plan at once, a thread each. */
public final class Publication {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final PublishPlan plan;
    private final FrameProducer producer;
    private final FrameGate gate;

    /** A publication; {@code producer} stays the caller's to close. */
    public Publication(PublishPlan plan, FrameProducer producer, FrameGate gate) {
        this.plan = plan;
        this.producer = producer;
        this.gate = gate;
    }

    /**
     * Publishes until all sources have ended or {@code stop} is given, and everything is
     * acknowledged.
     *
     * @param progress called about once a second meanwhile, on this thread
     * @throws IOException the first failure, after which all sources are stopped
     */
    public void run(StopSignal stop, Runnable progress) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(plan.feeds().size());
        try {
            CompletionService<Void> running = new ExecutorCompletionService<>(threads);
            for (Feed feed : plan.feeds()) {
                FeedRun run = new FeedRun(plan, feed, producer, gate, stop);
                running.submit(
                        () -> {
                            run.run();
                            return null;
                        });
            }
            awaitAll(running, progress);
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while publishing");
        } finally {
            stop.request();
            awaitEnd(threads);
        }
    }

    /** A source that waits for its camera may take longer; the producer then refuses its frame. */
    private static void awaitEnd(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAll(CompletionService<Void> running, Runnable progress)
            throws IOException, InterruptedException {
        List<Future<Void>> finished = new ArrayList<>();
        while (finished.size() < plan.feeds().size()) {
            Future<Void> next = running.poll(1, TimeUnit.SECONDS);
            if (next == null) {
                progress.run();
                continue;
            }
            finished.add(next);
            try {
                next.get();
            } catch (ExecutionException e) {
                throw asIoException(e);
            }
        }
    }

    private static IOException asIoException(ExecutionException failure) {
        return failure.getCause() instanceof IOException known
                ? known
                : new IOException("publishing failed: " + failure.getCause(), failure);
    }
}

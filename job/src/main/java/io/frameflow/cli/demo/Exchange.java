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
package io.frameflow.cli.demo;

import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.FrameProducer;
import io.frameflow.cli.publish.Publication;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Publishes and collects at the same time, until everything that went in has come out. */
final class Exchange {
    /** A job that gives no result for so long has lost them. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** However slow the machine is, it is shown for no longer. */
    private static final Duration LONGEST_PUBLICATION = Duration.ofSeconds(32);

    private final Publication publication;
    private final FrameProducer producer;
    private final ResultCollector results;
    private final ResultWindow window;
    private final long startNanos = System.nanoTime();
    private long lastCount = -1;
    private long lastChangeNanos;

    Exchange(
            Publication publication,
            FrameProducer producer,
            ResultCollector results,
            ResultWindow window) {
        this.publication = publication;
        this.producer = producer;
        this.results = results;
        this.window = window;
    }

    /**
     * Returns when all has come out, nothing comes any more, or {@code stop} is given.
     *
     * @throws IOException if publishing or the job fails
     */
    void run(LocalCluster cluster, StopSignal stop, Consumer<String> progress)
            throws IOException, InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        StopSignal stopPublishing = StopSignal.manual();
        try {
            Future<?> publishing =
                    thread.submit(
                            () -> {
                                publication.run(stopPublishing, () -> {});
                                return null;
                            });
            while (!stop.isRequested() && !(publishing.isDone() && isSettled())) {
                results.poll();
                if (System.nanoTime() - startNanos > LONGEST_PUBLICATION.toNanos()) {
                    end(stopPublishing);
                }
                progress.accept(
                        String.format("frames in %,d, out %,d", producer.frames(), outCount()));
                if (cluster.hasEnded()) {
                    cluster.awaitEnd();
                    throw new IOException("the job ended before all frames had come out");
                }
            }
            end(stopPublishing);
            requireSuccess(publishing);
        } finally {
            end(stopPublishing);
            thread.shutdown();
        }
    }

    private void end(StopSignal publishing) {
        publishing.request();
        window.release();
    }

    private boolean isSettled() {
        long count = outCount();
        if (count != lastCount) {
            lastCount = count;
            lastChangeNanos = System.nanoTime();
        }
        return count >= producer.frames()
                || System.nanoTime() - lastChangeNanos > SILENCE.toNanos();
    }

    private long outCount() {
        return results.resultCount() + (long) results.deadLetterCount();
    }

    private static void requireSuccess(Future<?> publishing)
            throws IOException, InterruptedException {
        try {
            publishing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException("publishing failed: " + e.getCause(), e);
        }
    }
}

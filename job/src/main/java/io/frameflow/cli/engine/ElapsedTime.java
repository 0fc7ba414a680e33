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
package io.frameflow.cli.engine;

import io.frameflow.cli.process.StatusLine;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows what is being done and for how long, until it is closed. */
public final class ElapsedTime implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 200;

    private final StatusLine line;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "elapsed-time");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile String step = "";

    /** Begins to show on {@code err}. */
    public ElapsedTime(PrintWriter err) {
        line = new StatusLine(err);
        var unused =
                clock.scheduleWithFixedDelay(
                        this::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Says what is being done from now on. For any thread. */
    public void step(String what) {
        step = what;
    }

    private void show() {
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        line.show("[%d:%02d] %s".formatted(seconds / 60, seconds % 60, step));
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.end();
    }
}

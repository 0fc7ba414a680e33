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
package io.frameflow.resource;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that use what is freed after them. */
public final class Threads {
    private Threads() {}

    /**
     * A fixed number of threads that do not keep the process alive. They are there from the
     * beginning: where the system has none left, this fails, and not the handing over of work whose
     * end somebody waits for.
     *
     * @throws OutOfMemoryError if the system gives no more threads
     */
    public static ExecutorService named(String name, int count) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            threads.prestartAllCoreThreads();
        } catch (OutOfMemoryError e) {
            threads.shutdown();
            throw e;
        }
        return threads;
    }

    /**
     * Waits until everything submitted has run. An interrupt does not end the wait, since the
     * threads use memory that is freed afterwards; it is kept for the caller.
     */
    public static void finish(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean terminated = false;
        while (!terminated) {
            try {
                terminated = threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

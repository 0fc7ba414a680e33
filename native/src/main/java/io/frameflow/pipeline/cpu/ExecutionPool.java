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
package io.frameflow.pipeline.cpu;

import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.resource.Rollback;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The engine's executions: while one runs, others are filled. Thread-safe. */
final class ExecutionPool implements AutoCloseable {
    private final List<HostExecution> all;
    private final Queue<HostExecution> free;
    private final Semaphore available;

    /**
     * Opens executions.
     *
     * @param count how many
     * @param capacity images of each
     */
    ExecutionPool(HostEngine engine, int count, int capacity) {
        try (Rollback rollback = new Rollback()) {
            all =
                    IntStream.range(0, count)
                            .mapToObj(i -> rollback.add(engine.newExecution(capacity)))
                            .toList();
            rollback.commit();
        }
        free = new ConcurrentLinkedQueue<>(all);
        available = new Semaphore(count);
    }

    /** Takes a free execution, waiting for one. Those who wait do so in any order. */
    HostExecution take() {
        available.acquireUninterruptibly();
        return free.remove();
    }

    /** Gives an execution back. */
    void release(HostExecution execution) {
        free.add(execution);
        available.release();
    }

    /** Closes all executions, which must be free. */
    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            all.forEach(everything::add);
        }
    }
}

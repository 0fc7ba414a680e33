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

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was collected, last first, unless {@link #commit} was called: for making something of
 * several resources where a later step can fail.
 *
 * <pre>{@code
 * try (Rollback rollback = new Rollback()) {
 *     stream = rollback.add(new CudaStream());
 *     buffer = rollback.add(new DeviceBuffer(bytes));
 *     rollback.commit();
 * }
 * }</pre>
 */
public final class Rollback implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Takes over a resource until the commit, and returns it. */
    public <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Says that the caller owns everything now. */
    public void commit() {
        resources.clear();
    }

    /** Closes what is not committed; all of it, also when some of it throws. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("closing failed: " + e.getMessage(), e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

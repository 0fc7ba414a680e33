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

import java.util.concurrent.atomic.AtomicReference;

/**
 * Something native with one owner. Closing frees it once, however often it is called; using it
 * afterwards is an error that says so. What was acquired and not closed stands in the {@link
 * ResourceLedger}.
 *
 * <p>A subclass acquires in its constructor, then calls {@link #opened()}: where acquiring throws,
 * nothing is owned and nothing is on the ledger.
 */
public abstract class NativeResource implements AutoCloseable {
    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    private final String kind;
    private final long bytes;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    /**
     * Names the resource; it is not owned yet.
     *
     * @param kind what it is, for messages and the ledger
     * @param bytes memory that it takes, 0 for handles
     */
    protected NativeResource(String kind, long bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** Says that the resource has been acquired, and is to be freed from now on. */
    protected final void opened() {
        state.set(State.OPEN);
        ResourceLedger.add(this);
    }

    /** Throws unless the resource is open. */
    protected final void checkOpen() {
        if (state.get() != State.OPEN) {
            throw new IllegalStateException("the " + kind + " is closed");
        }
    }

    /** What it is. */
    public final String kind() {
        return kind;
    }

    /** Memory that it takes in bytes, 0 for handles. */
    public final long ownedBytes() {
        return bytes;
    }

    /** Frees the resource; called once, and only if it was acquired. */
    protected abstract void free();

    /**
     * Frees the resource if it is owned. It counts as freed even when freeing throws: nobody can
     * know how far that got, and a second attempt could free what is somebody else's by then.
     */
    @Override
    public final void close() {
        if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            ResourceLedger.remove(this);
            free();
        }
    }
}

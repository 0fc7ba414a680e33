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
package io.frameflow.denoise;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The histories of cameras within a limit of memory: where a new one needs room, those that were
 * not used for longest leave. Thread-safe.
 *
 * @param <H> a history; it belongs to this until it leaves
 */
public final class CameraHistories<H> {
    private final long limit;
    private final Consumer<H> leaving;
    private final Map<String, Entry<H>> byCamera = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long evicted;

    private record Entry<H>(H history, Object shape, long bytes) {}

    /**
     * No histories yet.
     *
     * @param limit most bytes of all together
     * @param leaving is given what leaves, in the thread whose call makes it leave
     */
    public CameraHistories(long limit, Consumer<H> leaving) {
        this.limit = limit;
        this.leaving = leaving;
    }

    /**
     * The history of a camera; a new one if it has none for such pictures.
     *
     * @param shape what pictures must have in common to rest on each other, such as their size
     * @param size bytes of such a history
     * @param maker makes one
     * @return null if it would not fit by itself
     */
    public synchronized @Nullable H obtain(
            String camera, Object shape, long size, Supplier<H> maker) {
        Entry<H> known = byCamera.get(camera);
        if (known != null && known.shape.equals(shape)) {
            return known.history;
        }
        if (known != null) {
            remove(camera, known);
        }
        if (size > limit) {
            return null;
        }
        makeRoom(size);
        H history = maker.get();
        byCamera.put(camera, new Entry<>(history, shape, size));
        bytes += size;
        return history;
    }

    private void makeRoom(long size) {
        while (bytes + size > limit) {
            Iterator<Map.Entry<String, Entry<H>>> eldestFirst = byCamera.entrySet().iterator();
            Map.Entry<String, Entry<H>> eldest = eldestFirst.next();
            remove(eldest.getKey(), eldest.getValue());
            evicted++;
        }
    }

    private void remove(String camera, Entry<H> entry) {
        byCamera.remove(camera);
        bytes -= entry.bytes;
        leaving.accept(entry.history);
    }

    /** Lets the history of a camera leave, if it has one; it does not count as evicted. */
    public synchronized void forget(String camera) {
        Entry<H> known = byCamera.get(camera);
        if (known != null) {
            remove(camera, known);
        }
    }

    /** Lets all histories leave; they do not count as evicted. */
    public synchronized void clear() {
        byCamera.values().forEach(entry -> leaving.accept(entry.history));
        byCamera.clear();
        bytes = 0;
    }

    /** Cameras whose history left because others needed the room, so far. */
    public synchronized long evicted() {
        return evicted;
    }

    /** Bytes of all histories. */
    public synchronized long bytes() {
        return bytes;
    }
}

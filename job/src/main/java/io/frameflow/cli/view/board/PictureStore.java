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
package io.frameflow.cli.view.board;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest pictures of all cameras, within a number of bytes: the oldest leave. Thread-safe. */
public final class PictureStore {
    private final long maxBytes;
    private final Map<Long, Pictures> pictures = new LinkedHashMap<>();
    private long bytes;

    /** A store. */
    public PictureStore(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes pictures, unless they are larger than all the room there is. */
    synchronized void add(Pictures added) {
        if (added.bytes() > maxBytes) {
            return;
        }
        pictures.put(added.id(), added);
        bytes += added.bytes();
        Iterator<Pictures> oldest = pictures.values().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Pictures by their number; empty where they have left. */
    public synchronized Optional<Pictures> find(long id) {
        return Optional.ofNullable(pictures.get(id));
    }

    synchronized int size() {
        return pictures.size();
    }
}

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

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every native resource of the process that is open at the moment. Resources are made when a
 * pipeline opens, not while frames flow, so that the lock is no matter.
 *
 * <p>With the system property {@code io.frameflow.resource.stacks=true} it remembers where each was
 * made. Thread-safe.
 */
public final class ResourceLedger {
    private static final boolean STACKS = Boolean.getBoolean("io.frameflow.resource.stacks");
    private static final Map<NativeResource, Origin> OPEN =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private ResourceLedger() {}

    /** Where a resource was made; a throwable for its stack alone. */
    private static final class Origin extends Exception {
        private static final long serialVersionUID = 1L;

        Origin(String kind) {
            super(kind + " was made here and is not closed", null, false, STACKS);
        }
    }

    static void add(NativeResource resource) {
        OPEN.put(resource, new Origin(resource.kind()));
    }

    static void remove(NativeResource resource) {
        OPEN.remove(resource);
    }

    /** The resources that are open now; compare with {@link #leakedSince}. */
    public static Set<NativeResource> snapshot() {
        synchronized (OPEN) {
            Set<NativeResource> resources = Collections.newSetFromMap(new IdentityHashMap<>());
            resources.addAll(OPEN.keySet());
            return resources;
        }
    }

    /** What was opened after a snapshot and is still open, one throwable each that tells where. */
    public static List<Exception> leakedSince(Set<NativeResource> snapshot) {
        synchronized (OPEN) {
            return OPEN.entrySet().stream()
                    .filter(entry -> !snapshot.contains(entry.getKey()))
                    .<Exception>map(Map.Entry::getValue)
                    .toList();
        }
    }

    /** Bytes of all open resources of one kind. */
    public static long openBytes(String kind) {
        synchronized (OPEN) {
            return OPEN.keySet().stream()
                    .filter(resource -> resource.kind().equals(kind))
                    .mapToLong(NativeResource::ownedBytes)
                    .sum();
        }
    }
}

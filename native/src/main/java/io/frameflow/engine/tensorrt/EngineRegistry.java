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
package io.frameflow.engine.tensorrt;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of the process: weights are loaded once a card, however many slots run them, and go
 * when the last of these closes its lease. Thread-safe.
 */
public final class EngineRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRegistry.class);
    private static final Map<Key, Entry> LOADED = new ConcurrentHashMap<>();

    private EngineRegistry() {}

    /** A plan on a card. A file that was replaced is another plan. */
    private record Key(Path plan, FileTime modified, long size, int gpu) {}

    private record Entry(TensorRtEngine engine, int leases) {}

    /** The right to use an engine until it is closed. */
    public static final class Lease extends NativeResource {
        private final Key key;
        private final CudaDevice device;
        private final TensorRtEngine engine;

        private Lease(Key key, CudaDevice device, TensorRtEngine engine) {
            super("lease of a TensorRT engine", 0);
            this.key = key;
            this.device = device;
            this.engine = engine;
            opened();
        }

        /** The engine; borrowed, valid until this is closed. */
        public TensorRtEngine engine() {
            checkOpen();
            return engine;
        }

        @Override
        protected void free() {
            release(key, device);
        }
    }

    /**
     * Leases an engine, and loads it if nobody has yet: then its golden frame is run and compared.
     *
     * @param device the card, which must be current
     * @param remedy what to do about a plan that cannot be used, for messages
     * @throws io.frameflow.failure.FrameflowException as {@link TensorRtEngine#load} says, also
     *     with {@code INVALID_PLAN} if the golden frame gives something else than when the plan was
     *     built
     */
    public static Lease acquire(Path plan, CudaDevice device, String remedy) {
        Key key = key(plan, device, remedy);
        Entry entry =
                LOADED.compute(
                        key,
                        (same, loaded) ->
                                loaded == null
                                        ? new Entry(load(plan, device, remedy), 1)
                                        : new Entry(loaded.engine(), loaded.leases() + 1));
        return new Lease(key, device, entry.engine());
    }

    private static Key key(Path plan, CudaDevice device, String remedy) {
        try {
            return new Key(
                    plan.toRealPath(),
                    Files.getLastModifiedTime(plan),
                    Files.size(plan),
                    device.index());
        } catch (IOException e) {
            throw new PlanCheck(plan, device, remedy).unreadable(e);
        }
    }

    private static TensorRtEngine load(Path plan, CudaDevice device, String remedy) {
        Optional<PlanMetadata> metadata = PlanMetadata.of(plan);
        try (Rollback rollback = new Rollback()) {
            TensorRtEngine engine = rollback.add(TensorRtEngine.load(plan, device, remedy));
            if (metadata.isPresent()) {
                new PlanCheck(plan, device, remedy).golden(metadata.get(), GoldenRun.run(engine));
            } else {
                LOG.warn(
                        "The plan {} has no metadata beside it: it is used as it is, without a check"
                                + " of its contents",
                        plan);
            }
            rollback.commit();
            return engine;
        }
    }

    private static void release(Key key, CudaDevice device) {
        LOADED.computeIfPresent(
                key,
                (same, entry) -> {
                    if (entry.leases() > 1) {
                        return new Entry(entry.engine(), entry.leases() - 1);
                    }
                    device.makeCurrent();
                    entry.engine().close();
                    return null;
                });
    }
}

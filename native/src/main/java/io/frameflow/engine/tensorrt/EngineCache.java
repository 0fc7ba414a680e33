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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of plans with their metadata. Files are written whole and never changed; a plan that
 * replaces one of the same key has a name of its own. Several processes may use a folder at once.
 *
 * <p>A plan is code that the card runs: the folder must be one that only trusted users write to.
 */
public final class EngineCache {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);
    private static final int DIGITS = 16;
    private static final int PLAN_DIGITS = 8;

    private final Path folder;

    /** A cache in a folder, which is made when something is stored. */
    public EngineCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The cache of the user who runs the process: {@code frameflow/engines} in the folder that
     * {@code XDG_CACHE_HOME} names, or in {@code .cache} in the home folder.
     */
    public static EngineCache ofUser() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path root =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return new EngineCache(root.resolve("frameflow").resolve("engines"));
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Where timing caches of a TensorRT version on a card are kept. */
    public Path timingCache(String tensorRt, String card, String computeCapability) {
        String name = "tensorrt-%s-%s-sm%s.timing".formatted(tensorRt, card, computeCapability);
        return folder.resolve("timing").resolve(safe(name));
    }

    /**
     * Stores a plan in place of others of its key.
     *
     * @param bytes the plan
     * @throws FrameflowException with {@link FailureCode#STORAGE_FAILED}
     */
    public CachedPlan store(PlanMetadata metadata, ByteBuffer bytes) {
        String stem = stem(metadata);
        CachedPlan stored = store(folder.resolve(stem + ".plan"), metadata, bytes);
        removeOthers(metadata.key(), stored.plan());
        return stored;
    }

    /**
     * Stores a plan in a file of its own, with its metadata beside it.
     *
     * @throws FrameflowException with {@link FailureCode#STORAGE_FAILED}
     */
    public static CachedPlan store(Path plan, PlanMetadata metadata, ByteBuffer bytes) {
        // Who builds is seldom the user that runs the job.
        DurableFile.writeForAll(plan, bytes);
        // The metadata last: a plan is found by it.
        byte[] json = metadata.json().getBytes(StandardCharsets.UTF_8);
        DurableFile.writeForAll(PlanMetadata.beside(plan), ByteBuffer.wrap(json));
        return new CachedPlan(plan, metadata);
    }

    /**
     * Removes a plan and its metadata, so far as they are there.
     *
     * @throws IOException if it cannot be removed
     */
    public static void remove(Path plan) throws IOException {
        Files.deleteIfExists(PlanMetadata.beside(plan));
        Files.deleteIfExists(plan);
    }

    private static String stem(PlanMetadata metadata) {
        PlanKey key = metadata.key();
        String network = metadata.network().replaceFirst("\\.onnx$", "");
        return "%s-%s-b%d-%d-%s-%s"
                .formatted(
                        safe(network),
                        key.precision().label(),
                        key.batch().least(),
                        key.batch().most(),
                        key.digest().substring(0, DIGITS),
                        metadata.planSha256().substring(0, PLAN_DIGITS));
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private void removeOthers(PlanKey key, Path kept) {
        for (CachedPlan other : list()) {
            if (other.metadata().key().equals(key) && !other.plan().equals(kept)) {
                try {
                    remove(other.plan());
                } catch (IOException e) {
                    LOG.warn("Cannot remove the older plan {}: {}", other.plan(), e.toString());
                }
            }
        }
    }

    /**
     * The plan to run, if there is one that does. Of several, one with suppression added last; of
     * the others one that takes the whole batch, or most of it; of these one of the network without
     * its head, which is faster; of these the one with the smallest batches, since it needs the
     * least memory; then the best optimised; then the newest.
     */
    public Optional<CachedPlan> find(PlanQuery query) {
        return list().stream()
                .filter(plan -> query.matches(plan.metadata().key()))
                .min(preference(query.batchSize()));
    }

    private static Comparator<CachedPlan> preference(int batchSize) {
        return Comparator.<CachedPlan, Boolean>comparing(
                        plan -> plan.metadata().key().variant().appendedNms().isPresent())
                .thenComparing(
                        plan -> Math.max(0, batchSize - plan.metadata().key().batch().most()))
                .thenComparing(plan -> plan.metadata().key().variant().removedHead().isEmpty())
                .thenComparing(plan -> plan.metadata().key().batch().most())
                .thenComparing(
                        plan -> plan.metadata().key().optimizationLevel(),
                        Comparator.reverseOrder())
                .thenComparing(plan -> plan.metadata().builtAt(), Comparator.reverseOrder());
    }

    /** Plans of the same network that do not do, for messages. */
    public List<PlanKey> findOthers(PlanQuery query) {
        return list().stream()
                .map(plan -> plan.metadata().key())
                .filter(key -> query.isForNetwork(key) && !query.matches(key))
                .toList();
    }

    /**
     * All plans, in the order of their names. What cannot be read is left out with a warning.
     *
     * @throws FrameflowException with {@link FailureCode#STORAGE_FAILED} if the folder is there and
     *     cannot be read
     */
    public List<CachedPlan> list() {
        List<CachedPlan> plans = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.plan")) {
            for (Path plan : files) {
                read(plan).ifPresent(plans::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.STORAGE_FAILED, "cannot read the folder " + folder + ": " + e, e);
        }
        plans.sort(Comparator.comparing(CachedPlan::plan));
        return plans;
    }

    private static Optional<CachedPlan> read(Path plan) {
        try {
            return PlanMetadata.of(plan).map(metadata -> new CachedPlan(plan, metadata));
        } catch (FrameflowException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }
}

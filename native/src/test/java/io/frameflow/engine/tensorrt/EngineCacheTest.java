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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.Precision;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCacheTest {
    @TempDir private Path parent;
    private EngineCache cache;

    @BeforeEach
    void open() {
        cache = new EngineCache(parent.resolve("engines"));
    }

    private CachedPlan store(PlanKey key, String contents, int minute) {
        byte[] plan = contents.getBytes(StandardCharsets.UTF_8);
        return cache.store(
                Plans.metadata(key, plan, Plans.TIME.plusSeconds(60L * minute)),
                ByteBuffer.wrap(plan));
    }

    private static PlanQuery query(Precision precision, int batchSize) {
        return new PlanQuery(
                Plans.NETWORK, "10.6.0.26", "NVIDIA H200", "9.0", precision, batchSize, false);
    }

    @Test
    void isEmptyBeforeAnythingIsStored() {
        assertThat(cache.list()).isEmpty();
        assertThat(cache.find(query(Precision.FP16, 1))).isEmpty();
    }

    @Test
    void findsWhatWasStored() throws IOException {
        CachedPlan stored = store(Plans.key(Precision.FP16, 32), "plan", 0);

        assertThat(cache.find(query(Precision.FP16, 32))).contains(stored);
        assertThat(stored.plan()).hasContent("plan").hasParent(cache.folder());
        assertThat(stored.plan().getFileName().toString())
                .startsWith("yolov5n-fp16-b1-32-")
                .endsWith(".plan");
        assertThat(files()).hasSize(2).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void findsNothingForAnotherNetworkCardVersionOrPrecision() {
        store(Plans.key(Precision.FP16, 32), "plan", 0);

        assertThat(cache.find(query(Precision.FP32, 32))).isEmpty();
        for (PlanQuery other :
                new PlanQuery[] {
                    new PlanQuery(
                            "00".repeat(32),
                            "10.6.0.26",
                            "NVIDIA H200",
                            "9.0",
                            Precision.FP16,
                            1,
                            false),
                    new PlanQuery(
                            Plans.NETWORK,
                            "10.6.0.27",
                            "NVIDIA H200",
                            "9.0",
                            Precision.FP16,
                            1,
                            false),
                    new PlanQuery(
                            Plans.NETWORK,
                            "10.6.0.26",
                            "NVIDIA H100",
                            "9.0",
                            Precision.FP16,
                            1,
                            false),
                    new PlanQuery(
                            Plans.NETWORK,
                            "10.6.0.26",
                            "NVIDIA H200",
                            "8.9",
                            Precision.FP16,
                            1,
                            false),
                }) {
            assertThat(cache.find(other)).isEmpty();
        }
    }

    @Test
    void namesPlansOfTheSameNetworkThatDoNotDo() {
        PlanKey other = Plans.key("10.6.0.26", "NVIDIA L4", Precision.FP16, 8, 2);
        store(other, "l4", 0);
        store(Plans.key(Precision.FP16, 8), "h200", 0);

        assertThat(cache.findOthers(query(Precision.FP16, 8))).containsExactly(other);
    }

    @Test
    void findsNoCalibratedPlanOfOtherRules() {
        PlanKey older = Plans.calibratedKey(0, 8);
        store(older, "older", 5);
        PlanKey newer = Plans.calibratedKey(PlanVariant.RULES + 1, 8);
        store(newer, "newer", 5);
        assertThat(cache.find(query(Precision.INT8, 8))).isEmpty();
        assertThat(cache.findOthers(query(Precision.INT8, 8)))
                .containsExactlyInAnyOrder(older, newer);

        CachedPlan current = store(Plans.calibratedKey(PlanVariant.RULES, 8), "current", 0);
        assertThat(cache.find(query(Precision.INT8, 8))).contains(current);
        assertThat(cache.list()).as("another version of Frameflow may use them").hasSize(3);
    }

    /** A network that says itself how it is quantised is built without rules of ours. */
    @Test
    void findsAPlanWithBytesThatNothingWasCalibratedFor() {
        CachedPlan stored = store(Plans.key(Precision.INT8, 8), "typed", 0);

        assertThat(cache.find(query(Precision.INT8, 8))).contains(stored);
    }

    @Test
    void prefersTheSmallestPlanThatTakesTheWholeBatch() {
        store(Plans.key(Precision.FP16, 64), "64", 0);
        CachedPlan sixteen = store(Plans.key(Precision.FP16, 16), "16", 0);
        CachedPlan eight = store(Plans.key(Precision.FP16, 8), "8", 0);

        assertThat(cache.find(query(Precision.FP16, 9))).contains(sixteen);
        assertThat(cache.find(query(Precision.FP16, 8))).contains(eight);
        assertThat(cache.find(query(Precision.FP16, 100)))
                .hasValueSatisfying(plan -> assertThat(plan.plan()).hasContent("64"));
    }

    @Test
    void prefersTheBestOptimised() {
        store(Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 8, 1), "1", 5);
        CachedPlan best =
                store(Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 8, 3), "3", 0);

        assertThat(cache.find(query(Precision.FP16, 8))).contains(best);
    }

    @Test
    void prefersTheNetworkAsItIs() {
        PlanKey plain = Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 8, 1);
        PlanKey finished =
                Plans.of(
                        plain,
                        3,
                        new PlanVariant(
                                Optional.empty(),
                                List.of(),
                                Optional.of(new AppendedNms(0.25, 0.45, 300, false))));
        CachedPlan only = store(finished, "finished", 5);
        assertThat(cache.find(query(Precision.FP16, 8))).contains(only);

        CachedPlan asItIs = store(plain, "plain", 0);
        assertThat(cache.find(query(Precision.FP16, 8))).contains(asItIs);
    }

    @Test
    void prefersTheNetworkWithoutItsHeadUnlessThatIsNeeded() {
        PlanKey whole = Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 8, 3);
        PlanKey without =
                Plans.of(
                        whole,
                        1,
                        PlanVariant.PLAIN.without(new RemovedHead(List.of(List.of(10.0, 13.0)))));
        CachedPlan fast = store(without, "without", 0);
        PlanQuery wholeNetwork =
                new PlanQuery(
                        Plans.NETWORK, "10.6.0.26", "NVIDIA H200", "9.0", Precision.FP16, 8, true);
        assertThat(cache.find(wholeNetwork)).isEmpty();
        assertThat(cache.findOthers(wholeNetwork)).containsExactly(without);

        CachedPlan withHead = store(whole, "whole", 5);
        assertThat(cache.find(query(Precision.FP16, 8))).contains(fast);
        assertThat(cache.find(wholeNetwork)).contains(withHead);

        CachedPlan larger =
                store(Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 16, 3), "larger", 5);
        assertThat(cache.find(query(Precision.FP16, 16))).contains(larger);
    }

    /** Who builds is seldom the user that runs the job. */
    @Test
    void othersMayReadPlans() throws IOException {
        CachedPlan stored = store(Plans.key(Precision.FP16, 8), "plan", 0);

        for (Path file : List.of(stored.plan(), PlanMetadata.beside(stored.plan()))) {
            assertThat(Files.getPosixFilePermissions(file))
                    .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        }
    }

    @Test
    void replacesThePlanOfAKey() throws IOException {
        PlanKey key = Plans.key(Precision.FP16, 8);
        store(key, "first", 0);
        CachedPlan second = store(key, "second", 1);

        assertThat(cache.list()).containsExactly(second);
        assertThat(files()).hasSize(2);
    }

    @Test
    void leavesOutWhatCannotBeRead() throws IOException {
        CachedPlan good = store(Plans.key(Precision.FP16, 8), "good", 0);
        CachedPlan bad = store(Plans.key(Precision.FP16, 16), "bad", 0);
        Files.writeString(PlanMetadata.beside(bad.plan()), "{");
        Files.writeString(cache.folder().resolve("foreign.plan"), "no metadata");

        assertThat(cache.list()).containsExactly(good);
    }

    @Test
    void saysThatAFileCannotBeWritten() throws IOException {
        Files.writeString(cache.folder(), "a file where the folder should be");

        assertThatThrownBy(() -> store(Plans.key(Precision.FP16, 8), "plan", 0))
                .hasMessageContainingAll(cache.folder().toString(), "make room")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.STORAGE_FAILED);
    }

    @Test
    void namesTimingCachesByVersionAndCard() {
        assertThat(cache.timingCache("10.6.0.26", "NVIDIA H200", "9.0"))
                .isEqualTo(
                        cache.folder()
                                .resolve("timing/tensorrt-10.6.0.26-NVIDIA_H200-sm9.0.timing"));
    }

    private java.util.List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(cache.folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

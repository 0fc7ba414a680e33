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
package io.frameflow.pipeline.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which threads take batches through their steps, in which order, and what failures do. No card.
 */
@Timeout(60)
class LaneThreadsTest {
    private static final int LANES = 4;
    private static final int SMALL = GpuLane.SMALL_BATCH;
    private static final int LARGE = SMALL + 1;

    private final FrameflowException failureOfTheTest =
            new FrameflowException(FailureCode.ENGINE_FAILED, "as the test says");
    private final FakeLanes fake = new FakeLanes();
    private final LaneThreads threads = new LaneThreads(fake.lanes(LANES), fake::makeCurrent);
    private final List<CompletableFuture<List<FrameResult>>> started = new ArrayList<>();
    private final List<Long> completed = Collections.synchronizedList(new ArrayList<>());
    private long submitted;

    @AfterEach
    void nothingWasDoneThatLanesDoNotAllow() {
        threads.close();
        assertThat(fake.violations).isEmpty();
        assertThat(started).allMatch(CompletableFuture::isDone);
        assertThat(started).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    private CompletableFuture<List<FrameResult>> submit(int size) {
        long batch = submitted++;
        EncodedFrame frame =
                new EncodedFrame(
                        "camera", batch, 0, ImageEncoding.JPEG, 0, 0, ByteBuffer.allocate(0));
        CompletableFuture<List<FrameResult>> future =
                threads.submit(Collections.nCopies(size, frame));
        return future.whenComplete((results, failure) -> completed.add(batch));
    }

    /** Submits a batch that is to go well, and be done when the test is. */
    private void start(int size) {
        started.add(submit(size));
    }

    private void submitAndFinish(int batches) throws Exception {
        for (int i = 0; i < batches; i++) {
            assertThat(submit(LARGE).get()).isNotEmpty();
        }
    }

    /** The first batch is another's way, since it comes alone: it stays until this is opened. */
    private CountDownLatch holdTheFirst() {
        CountDownLatch gate = new CountDownLatch(1);
        fake.within.put("finish 0", () -> await(gate));
        start(SMALL);
        return gate;
    }

    private static void await(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).as("waited in vain").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lanesAreToldOfBatchesThatFoundNoOther() throws Exception {
        CountDownLatch first = holdTheFirst();
        CompletableFuture<List<FrameResult>> second = submit(SMALL);
        first.countDown();
        second.get();
        submit(SMALL).get();
        submit(LARGE).get();

        assertThat(fake.withoutOthers).containsExactlyInAnyOrder(0L, 2L, 3L);
    }

    @Test
    void twoBatchesAreDecodedAtATime() throws Exception {
        CountDownLatch first = holdTheFirst();
        CyclicBarrier both = new CyclicBarrier(2);
        Runnable meet =
                () -> {
                    try {
                        both.await(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new AssertionError("decoded alone", e);
                    }
                };
        fake.within.put("decode 1", meet);
        fake.within.put("decode 2", meet);
        CompletableFuture<List<FrameResult>> one = submit(LARGE);
        CompletableFuture<List<FrameResult>> two = submit(SMALL);
        first.countDown();

        assertThat(one.get()).hasSize(LARGE).containsOnly(FakeLanes.result(1));
        assertThat(two.get()).hasSize(SMALL).containsOnly(FakeLanes.result(2));
    }

    @Test
    void batchesAreLaunchedInOrderWhicheverIsDecodedFirst() throws Exception {
        CountDownLatch first = holdTheFirst();
        CountDownLatch afterTheSecond = new CountDownLatch(1);
        fake.within.put("decode 1", () -> await(afterTheSecond));
        // By the thread that has done with batch 2.
        fake.within.put("decode 3", afterTheSecond::countDown);
        start(LARGE);
        start(LARGE);
        CompletableFuture<List<FrameResult>> last = submit(LARGE);
        first.countDown();
        last.get();

        assertThat(fake.stepsOf("launch"))
                .containsExactly("launch 0", "launch 1", "launch 2", "launch 3");
        assertThat(completed).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSmallBatchThatComesAloneIsLaunchedByTheCaller() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(submit(SMALL).get()).hasSize(SMALL);
        }

        for (String step : List.of("stage", "decode", "launch")) {
            assertThat(fake.threads.get(step)).containsExactly(Thread.currentThread());
        }
        assertThat(fake.threads.get("finish")).doesNotContain(Thread.currentThread()).hasSize(1);
    }

    @Test
    void aLargeBatchThatComesAloneIsLaunchedByOneOtherThread() throws Exception {
        submitAndFinish(100);

        Set<Thread> launching = fake.threads.get("launch");
        assertThat(launching).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(fake.threads.get("stage")).isEqualTo(launching);
        assertThat(fake.threads.get("decode")).isEqualTo(launching);
        assertThat(fake.threads.get("finish")).isNotEqualTo(launching);
    }

    /** Where a batch is launched by the thread that the next one's comes to, too. */
    @Test
    void theBatchAfterOneThatCameAloneDoesNotOvertakeIt() throws Exception {
        CountDownLatch secondDecoded = new CountDownLatch(1);
        fake.within.put("decode 0", () -> await(secondDecoded));
        fake.within.put("decode 1", secondDecoded::countDown);
        start(LARGE);
        submit(SMALL).get();

        assertThat(fake.stepsOf("launch")).containsExactly("launch 0", "launch 1");
        assertThat(completed).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "decode", "launch", "finish"})
    void aBatchThatFailsAsAWholeFailsInItsTurnAndAlone(String step) throws Exception {
        CountDownLatch first = holdTheFirst();
        CountDownLatch failed = new CountDownLatch(1);
        if (step.equals("stage") || step.equals("decode")) {
            // It fails before the one before it is decoded.
            fake.within.put("decode 1", () -> await(failed));
        }
        fake.within.put(
                step + " 2",
                () -> {
                    failed.countDown();
                    throw failureOfTheTest;
                });
        List<CompletableFuture<List<FrameResult>>> flight =
                List.of(submit(LARGE), submit(LARGE), submit(LARGE));
        first.countDown();

        assertThat(flight.get(0).get()).containsOnly(FakeLanes.result(1));
        assertThatThrownBy(flight.get(1)::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failureOfTheTest);
        assertThat(flight.get(2).get()).containsOnly(FakeLanes.result(3));
        assertThat(completed).containsExactly(0L, 1L, 2L, 3L);
        assertThat(fake.stepsOf(2)).endsWith(step + " 2", "abandon 2");
        submitAndFinish(3 * LANES);
    }

    @ParameterizedTest
    @CsvSource({
        "stage, 4", "decode, 4", "launch, 4", "finish, 4",
        "stage, 5", "decode, 5", "launch, 5", "finish, 5"
    })
    void aBatchThatComesAloneFailsByItsFuture(String step, int size) throws Exception {
        fake.within.put(
                step + " 0",
                () -> {
                    throw new IllegalStateException("as the test says");
                });

        assertThatThrownBy(submit(size)::get)
                .cause()
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL_ERROR))
                .hasMessageContaining("as the test says")
                .hasCauseInstanceOf(IllegalStateException.class);

        assertThat(fake.stepsOf(0)).endsWith(step + " 0", "abandon 0");
        submitAndFinish(3 * LANES);
    }

    @Test
    void aCardThatIsLostMeanwhileIsToldWithTheFailure() {
        AssertionError lost = new AssertionError("lost");
        fake.within.put(
                "decode 0",
                () -> {
                    throw new OutOfMemoryError("as the test says");
                });
        fake.within.put(
                "abandon 0",
                () -> {
                    throw lost;
                });

        assertThatThrownBy(submit(LARGE)::get)
                .rootCause()
                .isInstanceOf(OutOfMemoryError.class)
                .hasSuppressedException(lost);
    }

    /** A batch can be tried again, which a lost card must not be taken for. */
    @Test
    void aCardThatIsLostIsWhatIsTold() {
        FrameflowException lost = new FrameflowException(FailureCode.DEVICE_LOST, "lost");
        FrameflowException failed = new FrameflowException(FailureCode.ENGINE_FAILED, "failed");
        fake.within.put(
                "decode 0",
                () -> {
                    throw failed;
                });
        fake.within.put(
                "abandon 0",
                () -> {
                    throw lost;
                });

        assertThatThrownBy(submit(LARGE)::get)
                .cause()
                .isSameAs(lost)
                .hasSuppressedException(failed);
    }

    @Test
    void refusesABatchMoreThanItHasLanes() throws Exception {
        CountDownLatch first = holdTheFirst();
        for (int i = 1; i < LANES; i++) {
            start(LARGE);
        }

        assertThatThrownBy(() -> submit(LARGE)).isInstanceOf(IllegalStateException.class);

        first.countDown();
        submitted--;
        threads.close();
        assertThat(completed).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void closingWaitsForTheBatchesInFlightAlsoWhereItIsInterrupted() throws Exception {
        CountDownLatch first = holdTheFirst();
        for (int i = 1; i < LANES; i++) {
            fake.within.put("decode " + i, first::countDown);
            fake.within.put("finish " + i, LaneThreadsTest::takeAWhile);
            start(LARGE);
        }

        Thread.currentThread().interrupt();
        threads.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(completed).containsExactly(0L, 1L, 2L, 3L);
        Set<Thread> all = new HashSet<>();
        fake.threads.values().forEach(all::addAll);
        all.remove(Thread.currentThread());
        for (Thread thread : all) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            assertThat(thread.isDaemon()).as(thread.getName()).isTrue();
        }
    }

    /** Before whichever step: a batch fails, and those after it do not wait for it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void aCardThatCannotBeMadeCurrentFailsABatchAlone(int failingCall) throws Exception {
        fake.failingCall = failingCall;
        List<CompletableFuture<List<FrameResult>>> batches = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            batches.add(submit(i % 2 == 0 ? SMALL : LARGE));
        }
        threads.close();

        assertThat(batches).allMatch(CompletableFuture::isDone);
        assertThat(batches.stream().filter(CompletableFuture::isCompletedExceptionally))
                .singleElement()
                .satisfies(
                        batch ->
                                assertThatThrownBy(batch::get)
                                        .cause()
                                        .isInstanceOf(FrameflowException.class)
                                        .hasMessageContaining("no card"));
        assertThat(completed).containsExactly(0L, 1L, 2L, 3L);
    }

    private static void takeAWhile() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Of all sizes, alone and many together, one in eight of which fails in one step or another.
     */
    @Test
    void thousandsOfBatchesComeBackInOrder() throws Exception {
        int batches = 20_000;
        Random random = new Random(5);
        List<String> kinds = List.of("stage", "decode", "launch", "finish");
        List<CompletableFuture<List<FrameResult>>> flight = new ArrayList<>();
        Set<Long> failing = new HashSet<>();
        for (int i = 0; i < batches; i++) {
            if (random.nextInt(8) == 0) {
                failing.add(submitted);
                fake.within.put(
                        kinds.get(random.nextInt(kinds.size())) + " " + submitted,
                        () -> {
                            throw failureOfTheTest;
                        });
            }
            flight.add(submit(1 + random.nextInt(2 * SMALL)));
            int left = random.nextInt(16) == 0 ? 0 : LANES - 1;
            while (flight.size() > left) {
                check(flight.remove(0), submitted - 1 - flight.size(), failing);
            }
        }
        threads.close();

        assertThat(completed).hasSize(batches).isSorted();
        assertThat(fake.stepsOf("abandon")).hasSameSizeAs(failing);
        List<Long> launched =
                fake.stepsOf("launch").stream()
                        .map(step -> Long.valueOf(step.substring("launch ".length())))
                        .toList();
        assertThat(launched).isSorted().doesNotHaveDuplicates();
        Set<Thread> decoding = new HashSet<>(fake.threads.get("decode"));
        decoding.remove(Thread.currentThread());
        decoding.removeAll(fake.threads.get("launch"));
        assertThat(decoding).hasSize(2);
    }

    private void check(CompletableFuture<List<FrameResult>> future, long batch, Set<Long> failing)
            throws Exception {
        if (failing.contains(batch)) {
            assertThatThrownBy(future::get).cause().isSameAs(failureOfTheTest);
        } else {
            assertThat(future.get()).containsOnly(FakeLanes.result(batch));
        }
    }
}

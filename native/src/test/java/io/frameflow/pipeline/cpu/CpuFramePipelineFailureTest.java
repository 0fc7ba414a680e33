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

import static io.frameflow.pipeline.cpu.FakePipelines.INPUT;
import static io.frameflow.pipeline.cpu.FakePipelines.gray;
import static io.frameflow.pipeline.cpu.FakePipelines.sleepMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.BatchRange;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of batches and of what was taken where something fails, and at the end. */
@Timeout(60)
class CpuFramePipelineFailureTest {
    private final FakeEngine engine = new FakeEngine(INPUT, BatchRange.ANY);
    private final FakePipelines pipelines = new FakePipelines();

    @AfterEach
    void close() {
        pipelines.close();
    }

    @Test
    void failsABatchWithTheEngineAndGoesOn() throws Exception {
        var runs = new AtomicInteger();
        engine.onRun(
                images -> {
                    if (runs.incrementAndGet() == 2) {
                        throw new FrameflowException(FailureCode.ENGINE_FAILED, "as asked");
                    }
                });
        FramePipeline pipeline = pipelines.open(engine, 2);

        CompletableFuture<List<FrameResult>> failed =
                pipeline.submit(List.of(gray(1), gray(2), gray(3), gray(4)));

        assertThat(failed)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.ENGINE_FAILED));
        assertThat(runs).as("the rest of the batch is not run").hasValue(2);
        assertThat(FakePipelines.valueOf(pipeline.submit(List.of(gray(5))).get().get(0)))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.IllegalArgumentException, INTERNAL_ERROR",
        "java.lang.StackOverflowError, INTERNAL_ERROR",
        "java.lang.OutOfMemoryError, OUT_OF_MEMORY"
    })
    void failsABatchWithTheDecoderAndGoesOn(Class<? extends Throwable> kind, FailureCode expected)
            throws Exception {
        var calls = new AtomicInteger();
        Throwable thrown = kind.getConstructor(String.class).newInstance("as asked");
        FramePipeline pipeline =
                pipelines.open(
                        engine,
                        2,
                        () ->
                                new FakePipelines.FakeDecoder(
                                        () -> {
                                            if (calls.incrementAndGet() == 1) {
                                                sneakyThrow(thrown);
                                            }
                                        }));

        assertThat(pipeline.submit(List.of(gray(1), gray(2))))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        failure -> assertThat(failure.code()).isEqualTo(expected));
        assertThat(FakePipelines.valueOf(pipeline.submit(List.of(gray(5))).get().get(0)))
                .isEqualTo(5);
    }

    @Test
    void closesAfterTheBatchesInFlight() {
        var decoders = new AtomicInteger();
        engine.onRun(images -> sleepMillis(20));
        FramePipeline pipeline =
                pipelines.open(engine, 3, () -> new FakePipelines.FakeDecoder(() -> {}, decoders));
        var first = pipeline.submit(List.of(gray(1), gray(2)));
        var second = pipeline.submit(List.of(gray(3)));
        assertThat(engine.openExecutions()).isEqualTo(4);
        assertThat(decoders).hasValue(3);

        Thread.currentThread().interrupt();
        pipeline.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(engine.openExecutions()).isZero();
        assertThat(engine.closed()).isEqualTo(1);
        assertThat(decoders).hasValue(0);
        pipeline.close();
        assertThat(engine.closed()).isEqualTo(1);
        assertThatThrownBy(() -> pipeline.submit(List.of(gray(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void givesBackWhatItTookWhenItCannotOpen() {
        engine.allowExecutions(2);
        var decoders = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                pipelines.open(
                                        engine,
                                        3,
                                        () -> new FakePipelines.FakeDecoder(() -> {}, decoders)))
                .hasMessageContaining("no more executions");

        assertThat(engine.openExecutions()).isZero();
        assertThat(decoders).hasValue(0);
        assertThat(engine.closed()).as("the engine stays the caller's").isZero();
    }

    @Test
    void givesBackExecutionsWhenADecoderCannotOpen() {
        assertThatThrownBy(
                        () ->
                                pipelines.open(
                                        engine,
                                        3,
                                        () -> {
                                            throw new IllegalStateException("no decoder");
                                        }))
                .hasMessageContaining("no decoder");

        assertThat(engine.openExecutions()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakyThrow(Throwable thrown) throws T {
        throw (T) thrown;
    }
}

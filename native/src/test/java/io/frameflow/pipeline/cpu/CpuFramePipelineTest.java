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

import static io.frameflow.pipeline.cpu.FakePipelines.BATCH;
import static io.frameflow.pipeline.cpu.FakePipelines.INPUT;
import static io.frameflow.pipeline.cpu.FakePipelines.MODEL;
import static io.frameflow.pipeline.cpu.FakePipelines.NOT_FINITE;
import static io.frameflow.pipeline.cpu.FakePipelines.bad;
import static io.frameflow.pipeline.cpu.FakePipelines.gray;
import static io.frameflow.pipeline.cpu.FakePipelines.sleepMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.BatchRange;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CpuFramePipelineTest {
    private final FakeEngine engine = new FakeEngine(INPUT, BatchRange.ANY);
    private final FakePipelines pipelines = new FakePipelines();

    @AfterEach
    void close() {
        pipelines.close();
    }

    @Test
    void answersEveryFrameInItsOrder() throws Exception {
        FramePipeline pipeline = pipelines.open(engine, 2);

        List<FrameResult> results =
                pipeline.submit(List.of(gray(10), bad(), gray(20), gray(30))).get();

        assertThat(results).hasSize(4);
        assertThat(FakePipelines.valueOf(results.get(0))).isEqualTo(10);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        FrameResult.Rejected.class,
                        rejected -> {
                            assertThat(rejected.stage()).isEqualTo(Stage.DECODE);
                            assertThat(rejected.code()).isEqualTo(FailureCode.RAW_SIZE_MISMATCH);
                            assertThat(rejected.message()).contains("needs 16 bytes and has 3");
                        });
        assertThat(FakePipelines.valueOf(results.get(2))).isEqualTo(20);
        assertThat(FakePipelines.valueOf(results.get(3))).isEqualTo(30);
        assertThat(engine.runs()).containsExactly(1, 1, 1);
    }

    @Test
    void describesTheModel() {
        FramePipeline pipeline = pipelines.open(engine, 1);

        assertThat(pipeline.model().name()).isEqualTo("fake model");
        assertThat(pipeline.model().version()).isEqualTo("0123456789ab");
        assertThat(pipeline.model().engine()).isEqualTo("fake");
        assertThat(pipeline.model().precision()).isEqualTo("fp32");
        assertThat(pipeline.maxBatchSize()).isEqualTo(BATCH);
        assertThat(pipeline.maxBatchesInFlight()).isEqualTo(2);
    }

    @Test
    void sparesTheEngineBadFrames() throws Exception {
        FramePipeline pipeline = pipelines.open(engine, 2);

        List<FrameResult> results = pipeline.submit(List.of(bad(), bad(), bad())).get();

        assertThat(results).hasSize(3).allMatch(FrameResult.Rejected.class::isInstance);
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void fillsNetworksOfAFixedBatchSize() throws Exception {
        var four = new FakeEngine(INPUT, BatchRange.exactly(4));
        FramePipeline pipeline = pipelines.open(four, 2);
        List<EncodedFrame> frames =
                List.of(gray(1), gray(2), bad(), bad(), bad(), gray(6), gray(7));

        List<FrameResult> results = pipeline.submit(frames).get();

        assertThat(results.stream().filter(FrameResult.Examined.class::isInstance))
                .extracting(FakePipelines::valueOf)
                .containsExactly(1, 2, 6, 7);
        assertThat(four.runs()).containsExactly(2, 3);
    }

    @Test
    void rejectsFramesWhoseOutputIsNotFinite() throws Exception {
        FramePipeline pipeline = pipelines.open(engine, 2);

        List<FrameResult> results =
                pipeline.submit(List.of(gray(1), gray(NOT_FINITE), gray(3))).get();

        assertThat(FakePipelines.valueOf(results.get(0))).isEqualTo(1);
        assertThat(FakePipelines.valueOf(results.get(2))).isEqualTo(3);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        FrameResult.Rejected.class,
                        rejected -> {
                            assertThat(rejected.stage()).isEqualTo(Stage.POSTPROCESS);
                            assertThat(rejected.code()).isEqualTo(FailureCode.NON_FINITE_OUTPUT);
                        });
    }

    @Test
    void tellsSizesAndTimes() throws Exception {
        engine.onRun(images -> sleepMillis(5));
        FramePipeline pipeline = pipelines.open(engine, 1);
        var frame =
                new EncodedFrame(
                        "camera", 1, 1, ImageEncoding.GRAY8, 7, 3, ByteBuffer.allocate(21));

        List<FrameResult> results = pipeline.submit(List.of(frame, gray(1))).get();

        var first = (FrameResult.Examined) results.get(0);
        assertThat(first.width()).isEqualTo(7);
        assertThat(first.height()).isEqualTo(3);
        assertThat(first.times().decode()).isPositive();
        assertThat(first.times().denoise()).isZero();
        assertThat(first.times().preprocess()).isPositive();
        assertThat(first.times().inference())
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(first.times().postprocess()).isPositive();
        assertThat(((FrameResult.Examined) results.get(1)).times()).isEqualTo(first.times());
    }

    @Test
    void decodesTheNextBatchWhileTheEngineWorks() throws Exception {
        var mayRun = new Semaphore(0);
        engine.onRun(images -> mayRun.acquireUninterruptibly());
        var decoded = new Semaphore(0);
        FramePipeline pipeline =
                pipelines.open(
                        engine,
                        2,
                        () ->
                                new FakePipelines.FakeDecoder(
                                        () -> {
                                            decoded.release();
                                        }));

        CompletableFuture<List<FrameResult>> first = pipeline.submit(List.of(gray(1)));
        CompletableFuture<List<FrameResult>> second = pipeline.submit(List.of(gray(2)));

        // Both are decoded though the engine has not finished a single run.
        assertThat(decoded.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.runs()).isEmpty();
        mayRun.release(2);
        assertThat(FakePipelines.valueOf(first.get().get(0))).isEqualTo(1);
        assertThat(FakePipelines.valueOf(second.get().get(0))).isEqualTo(2);
    }

    @Test
    void decodesSeveralFramesAtOnce() throws Exception {
        var together = new CountDownLatch(3);
        FramePipeline pipeline =
                pipelines.open(
                        engine,
                        3,
                        () ->
                                new FakePipelines.FakeDecoder(
                                        () -> {
                                            together.countDown();
                                            awaitLatch(together);
                                        }));

        List<FrameResult> results = pipeline.submit(List.of(gray(1), gray(2), gray(3))).get();

        assertThat(results).extracting(FakePipelines::valueOf).containsExactly(1, 2, 3);
    }

    @Test
    void holdsTwoBatchesAndNoMore() throws Exception {
        var mayRun = new Semaphore(0);
        engine.onRun(images -> mayRun.acquireUninterruptibly());
        FramePipeline pipeline = pipelines.open(engine, 2);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());

        var first = pipeline.submit(List.of(gray(1))).thenAccept(results -> order.add(1));
        var second = pipeline.submit(List.of(bad())).thenAccept(results -> order.add(2));

        assertThatThrownBy(() -> pipeline.submit(List.of(gray(3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 batches are in flight");
        mayRun.release();
        CompletableFuture.allOf(first, second).get();
        assertThat(order).containsExactly(1, 2);
        mayRun.release();
        assertThat(pipeline.submit(List.of(gray(3))).get()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "9"})
    void refusesBatchesOfAWrongSize(int frames) {
        FramePipeline pipeline = pipelines.open(engine, 2);
        List<EncodedFrame> batch = Collections.nCopies(frames, gray(1));

        assertThatThrownBy(() -> pipeline.submit(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 8");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "3, 2", "2, 5"})
    void neverMixesFramesUp(int threads, int imagesPerRun) throws Exception {
        var random = new Random(20261121);
        BatchRange range = imagesPerRun == 1 ? BatchRange.ANY : BatchRange.exactly(imagesPerRun);
        FramePipeline pipeline = pipelines.open(new FakeEngine(INPUT, range), threads);
        for (int round = 0; round < 300; round++) {
            int count = 1 + random.nextInt(BATCH);
            List<Integer> values =
                    IntStream.range(0, count).mapToObj(i -> random.nextInt(150) - 20).toList();
            List<EncodedFrame> frames =
                    values.stream().map(value -> value < 0 ? bad() : gray(value)).toList();

            List<FrameResult> results = pipeline.submit(frames).get();

            assertThat(results)
                    .extracting(
                            result ->
                                    result instanceof FrameResult.Examined
                                            ? FakePipelines.valueOf(result)
                                            : -1)
                    .isEqualTo(values.stream().map(value -> Math.max(-1, value)).toList());
        }
    }

    @Test
    void reducesNoiseInTheOrderOfACamerasFrames() throws Exception {
        DenoiseStage denoise = DenoiseStage.of(new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
        FramePipeline pipeline =
                new CpuFramePipeline(
                        MODEL,
                        engine,
                        new FakePipelines.FirstNumber(),
                        () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                        3,
                        BATCH,
                        denoise);
        pipelines.add(pipeline);
        for (int round = 0; round < 50; round++) {
            List<EncodedFrame> frames = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                frames.add(gray("a", 3 * round + i, 50));
                frames.add(gray("b", 3 * round + i, 90));
            }
            frames.add(2, bad());

            List<FrameResult> results = new ArrayList<>(pipeline.submit(frames).get());

            results.remove(2);
            for (int i = 0; i < results.size(); i++) {
                var examined = (FrameResult.Examined) results.get(i);
                assertThat(examined.denoisedFrames()).isEqualTo(3 * round + i / 2 + 1);
                assertThat(FakePipelines.valueOf(examined)).isEqualTo(i % 2 == 0 ? 50 : 90);
                assertThat(examined.times().denoise()).isPositive();
            }
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

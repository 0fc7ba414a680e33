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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.ImageDecoder;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.BatchRange;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.model.Task;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CpuFramePipelineTest {
    private static final int SIZE = 4;
    private static final int NOT_FINITE = 200;
    private static final int BATCH = 8;
    private static final InputSpec INPUT =
            new InputSpec(
                    SIZE,
                    SIZE,
                    ColorOrder.RGB,
                    new Normalization(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                    Scaling.CENTERED,
                    114);
    private static final ModelFile MODEL =
            new ModelFile(
                    "fake model",
                    Optional.empty(),
                    Task.DETECTION,
                    Family.YOLOV8,
                    Path.of("fake.onnx"),
                    INPUT,
                    DetectionThresholds.DEFAULT,
                    HeadOptions.DEFAULT,
                    List.of("thing"),
                    List.of(),
                    List.of(),
                    List.of(),
                    OnnxRuntimeOptions.DEFAULT);

    private final FakeEngine engine = new FakeEngine(INPUT, BatchRange.ANY);
    private final List<FramePipeline> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(FramePipeline::close);
    }

    @Test
    void answersEveryFrameInItsOrder() throws Exception {
        FramePipeline pipeline = open(engine, 2);

        List<FrameResult> results =
                pipeline.submit(List.of(gray(10), bad(), gray(20), gray(30))).get();

        assertThat(results).hasSize(4);
        assertThat(valueOf(results.get(0))).isEqualTo(10);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        FrameResult.Rejected.class,
                        rejected -> {
                            assertThat(rejected.stage()).isEqualTo(Stage.DECODE);
                            assertThat(rejected.code()).isEqualTo(FailureCode.RAW_SIZE_MISMATCH);
                            assertThat(rejected.message()).contains("needs 16 bytes and has 3");
                        });
        assertThat(valueOf(results.get(2))).isEqualTo(20);
        assertThat(valueOf(results.get(3))).isEqualTo(30);
        assertThat(engine.runs()).containsExactly(1, 1, 1);
    }

    @Test
    void describesTheModel() {
        FramePipeline pipeline = open(engine, 1);

        assertThat(pipeline.model().name()).isEqualTo("fake model");
        assertThat(pipeline.model().version()).isEqualTo("0123456789ab");
        assertThat(pipeline.model().engine()).isEqualTo("fake");
        assertThat(pipeline.model().precision()).isEqualTo("fp32");
        assertThat(pipeline.maxBatchSize()).isEqualTo(BATCH);
        assertThat(pipeline.maxBatchesInFlight()).isEqualTo(2);
    }

    @Test
    void sparesTheEngineBadFrames() throws Exception {
        FramePipeline pipeline = open(engine, 2);

        List<FrameResult> results = pipeline.submit(List.of(bad(), bad(), bad())).get();

        assertThat(results).hasSize(3).allMatch(FrameResult.Rejected.class::isInstance);
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void fillsNetworksOfAFixedBatchSize() throws Exception {
        var four = new FakeEngine(INPUT, BatchRange.exactly(4));
        FramePipeline pipeline = open(four, 2);
        List<EncodedFrame> frames =
                List.of(gray(1), gray(2), bad(), bad(), bad(), gray(6), gray(7));

        List<FrameResult> results = pipeline.submit(frames).get();

        assertThat(results.stream().filter(FrameResult.Examined.class::isInstance))
                .extracting(CpuFramePipelineTest::valueOf)
                .containsExactly(1, 2, 6, 7);
        assertThat(four.runs()).containsExactly(2, 3);
    }

    @Test
    void rejectsFramesWhoseOutputIsNotFinite() throws Exception {
        FramePipeline pipeline = open(engine, 2);

        List<FrameResult> results =
                pipeline.submit(List.of(gray(1), gray(NOT_FINITE), gray(3))).get();

        assertThat(valueOf(results.get(0))).isEqualTo(1);
        assertThat(valueOf(results.get(2))).isEqualTo(3);
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
        FramePipeline pipeline = open(engine, 1);
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
                open(
                        engine,
                        2,
                        () ->
                                new FakeDecoder(
                                        () -> {
                                            decoded.release();
                                        }));

        CompletableFuture<List<FrameResult>> first = pipeline.submit(List.of(gray(1)));
        CompletableFuture<List<FrameResult>> second = pipeline.submit(List.of(gray(2)));

        // Both are decoded though the engine has not finished a single run.
        assertThat(decoded.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.runs()).isEmpty();
        mayRun.release(2);
        assertThat(valueOf(first.get().get(0))).isEqualTo(1);
        assertThat(valueOf(second.get().get(0))).isEqualTo(2);
    }

    @Test
    void decodesSeveralFramesAtOnce() throws Exception {
        var together = new CountDownLatch(3);
        FramePipeline pipeline =
                open(
                        engine,
                        3,
                        () ->
                                new FakeDecoder(
                                        () -> {
                                            together.countDown();
                                            awaitLatch(together);
                                        }));

        List<FrameResult> results = pipeline.submit(List.of(gray(1), gray(2), gray(3))).get();

        assertThat(results).extracting(CpuFramePipelineTest::valueOf).containsExactly(1, 2, 3);
    }

    @Test
    void holdsTwoBatchesAndNoMore() throws Exception {
        var mayRun = new Semaphore(0);
        engine.onRun(images -> mayRun.acquireUninterruptibly());
        FramePipeline pipeline = open(engine, 2);
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
        FramePipeline pipeline = open(engine, 2);
        List<EncodedFrame> batch = Collections.nCopies(frames, gray(1));

        assertThatThrownBy(() -> pipeline.submit(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 8");
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
        FramePipeline pipeline = open(engine, 2);

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
        assertThat(valueOf(pipeline.submit(List.of(gray(5))).get().get(0))).isEqualTo(5);
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
                open(
                        engine,
                        2,
                        () ->
                                new FakeDecoder(
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
        assertThat(valueOf(pipeline.submit(List.of(gray(5))).get().get(0))).isEqualTo(5);
    }

    @Test
    void closesAfterTheBatchesInFlight() {
        var decoders = new AtomicInteger();
        engine.onRun(images -> sleepMillis(20));
        FramePipeline pipeline = open(engine, 3, () -> new FakeDecoder(() -> {}, decoders));
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

        assertThatThrownBy(() -> open(engine, 3, () -> new FakeDecoder(() -> {}, decoders)))
                .hasMessageContaining("no more executions");

        assertThat(engine.openExecutions()).isZero();
        assertThat(decoders).hasValue(0);
        assertThat(engine.closed()).as("the engine stays the caller's").isZero();
    }

    @Test
    void givesBackExecutionsWhenADecoderCannotOpen() {
        assertThatThrownBy(
                        () ->
                                open(
                                        engine,
                                        3,
                                        () -> {
                                            throw new IllegalStateException("no decoder");
                                        }))
                .hasMessageContaining("no decoder");

        assertThat(engine.openExecutions()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "3, 2", "2, 5"})
    void neverMixesFramesUp(int threads, int imagesPerRun) throws Exception {
        var random = new Random(20261121);
        BatchRange range = imagesPerRun == 1 ? BatchRange.ANY : BatchRange.exactly(imagesPerRun);
        FramePipeline pipeline = open(new FakeEngine(INPUT, range), threads);
        for (int round = 0; round < 300; round++) {
            int count = 1 + random.nextInt(BATCH);
            List<Integer> values =
                    IntStream.range(0, count).mapToObj(i -> random.nextInt(150) - 20).toList();
            List<EncodedFrame> frames =
                    values.stream().map(value -> value < 0 ? bad() : gray(value)).toList();

            List<FrameResult> results = pipeline.submit(frames).get();

            assertThat(results)
                    .extracting(
                            result -> result instanceof FrameResult.Examined ? valueOf(result) : -1)
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
                        new FirstNumber(),
                        () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                        3,
                        BATCH,
                        denoise);
        opened.add(pipeline);
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
                assertThat(valueOf(examined)).isEqualTo(i % 2 == 0 ? 50 : 90);
                assertThat(examined.times().denoise()).isPositive();
            }
        }
    }

    private FramePipeline open(FakeEngine fake, int threads) {
        return open(fake, threads, () -> new CpuImageDecoder(DecodeLimits.DEFAULT));
    }

    private FramePipeline open(FakeEngine fake, int threads, Supplier<ImageDecoder> decoders) {
        FramePipeline pipeline =
                new CpuFramePipeline(MODEL, fake, new FirstNumber(), decoders, threads, BATCH);
        opened.add(pipeline);
        return pipeline;
    }

    private static EncodedFrame gray(int value) {
        return gray("camera", 1, value);
    }

    private static EncodedFrame gray(String camera, long sequence, int value) {
        byte[] pixels = new byte[SIZE * SIZE];
        Arrays.fill(pixels, (byte) value);
        return new EncodedFrame(
                camera, sequence, 1, ImageEncoding.GRAY8, SIZE, SIZE, ByteBuffer.wrap(pixels));
    }

    private static EncodedFrame bad() {
        return new EncodedFrame(
                "camera", 1, 1, ImageEncoding.GRAY8, SIZE, SIZE, ByteBuffer.allocate(3));
    }

    private static int valueOf(FrameResult result) {
        return ((FrameResult.Examined) result).detections().classIds()[0];
    }

    private static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakyThrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Tells the first number of the output as a class id. */
    private static final class FirstNumber implements Postprocessor {
        @Override
        public Findings process(
                List<FloatBuffer> outputs,
                int image,
                Letterbox letterbox,
                DetectionThresholds thresholds) {
            int value = (int) outputs.get(0).get(image);
            if (value == NOT_FINITE) {
                throw new FrameflowException(FailureCode.NON_FINITE_OUTPUT, "as asked");
            }
            return Findings.of(Detections.of(new float[4], new float[1], new int[] {value}));
        }
    }

    /** Does something, then decodes as the real one does. */
    private static final class FakeDecoder implements ImageDecoder {
        private final ImageDecoder real = new CpuImageDecoder(DecodeLimits.DEFAULT);
        private final Runnable before;
        private final AtomicInteger open;

        FakeDecoder(Runnable before) {
            this(before, new AtomicInteger());
        }

        FakeDecoder(Runnable before, AtomicInteger open) {
            this.before = before;
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public DecodedImage decode(
                ImageEncoding encoding, int width, int height, ByteBuffer image) {
            before.run();
            return real.decode(encoding, width, height, image);
        }

        @Override
        public void close() {
            real.close();
            open.decrementAndGet();
        }
    }
}

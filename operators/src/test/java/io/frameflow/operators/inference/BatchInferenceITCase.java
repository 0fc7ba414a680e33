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
package io.frameflow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenEnvelopeFunction;
import io.frameflow.operators.mapping.ResultSettings;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Envelopes and inference in a Flink cluster whose task fails several times: with a sink that keeps
 * what checkpoints cover, every frame comes out once, in the order of its camera.
 */
@Timeout(180)
class BatchInferenceITCase {
    private static final int FRAMES = 3_000;
    private static final int CAMERAS = 5;
    private static final int FAILURES = 3;
    private static final int PARALLELISM = 2;

    /** How often the pipeline may still fail; all run in this process. */
    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    private static final AtomicInteger EXAMINED = new AtomicInteger();

    /** How often a pipeline without a model was opened. */
    private static final AtomicInteger OPENED = new AtomicInteger();

    @ParameterizedTest(name = "unaligned checkpoints: {0}")
    @ValueSource(booleans = {false, true})
    void losesAndRepeatsNoFrameWhenTheTaskFails(boolean unaligned) throws Exception {
        FAILURES_LEFT.set(FAILURES);
        EXAMINED.set(0);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        PARALLELISM, configuration(unaligned));
        SingleOutputStreamOperator<FrameDetections> results =
                results(
                        environment,
                        new FakePipelineFactory(
                                8, 2, Duration.ofMillis(5), BatchInferenceITCase::examine));
        CloseableIterator<FrameDetections> detections = results.collectAsync();
        CloseableIterator<DeadLetter> letters =
                results.getSideOutput(DeadLetters.TAG).collectAsync();

        JobClient job = environment.executeAsync();
        assertEveryFrameOnceInOrder(drain(detections), drain(letters));
        job.getJobExecutionResult().join();

        assertThat(FAILURES_LEFT).hasValue(0);
        assertThat(FakePipelineFactory.openPipelines()).isZero();
    }

    @Test
    void endsTheJobAtOnceWhenTheConfigurationIsWrong() throws Exception {
        OPENED.set(0);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration(false));
        results(environment, slot -> openWithoutModel()).sinkTo(new DiscardingSink<>());

        assertThatThrownBy(environment::execute).hasStackTraceContaining("model.yaml is missing");
        assertThat(OPENED).as("restarts would not help").hasValue(1);
    }

    private static FramePipeline openWithoutModel() {
        OPENED.incrementAndGet();
        throw new FrameflowException(FailureCode.INVALID_MODEL_FILE, "model.yaml is missing");
    }

    private static SingleOutputStreamOperator<FrameDetections> results(
            StreamExecutionEnvironment environment, FramePipelineFactory pipelines) {
        DeadLetterFactory deadLetters = new DeadLetterFactory(1024);
        return environment
                .fromSource(
                        new NumberSequenceSource(0, FRAMES - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(number -> TestFrames.message(camera(number), number))
                .returns(FrameMessage.type())
                .process(new OpenEnvelopeFunction(10_000, deadLetters))
                .transform(
                        "inference",
                        RecordTypes.frameDetections(),
                        new BatchInferenceOperatorFactory(
                                pipelines,
                                List.of(),
                                Duration.ofMillis(10),
                                new ResultSettings(1 << 20, deadLetters),
                                null));
    }

    private static Configuration configuration(boolean unaligned) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return configuration;
    }

    /** Fails after each 700 frames, as long as it may, and rejects every 100th frame. */
    private static FrameResult examine(EncodedFrame frame) {
        if (EXAMINED.incrementAndGet() % 700 == 0 && FAILURES_LEFT.get() > 0) {
            FAILURES_LEFT.decrementAndGet();
            throw new FrameflowException(FailureCode.ENGINE_FAILED, "a failure of the test");
        }
        return isRejected(frame.sequence())
                ? FakeResults.rejected(frame)
                : FakeResults.examined(frame);
    }

    private static void assertEveryFrameOnceInOrder(
            List<FrameDetections> detections, List<DeadLetter> letters) {
        assertThat(detections).allSatisfy(BatchInferenceITCase::assertHasTheResultOfItsFrame);
        assertThat(detections.stream().map(FrameDetections::getSequence))
                .containsExactlyInAnyOrderElementsOf(sequences(false));
        assertThat(letters.stream().map(DeadLetter::getSequence))
                .containsExactlyInAnyOrderElementsOf(sequences(true));
        Map<String, Long> latest = new HashMap<>();
        for (FrameDetections record : detections) {
            // The subtasks of the source read far apart numbers, so each camera is read by two.
            String stream = record.getCameraId() + (record.getSequence() < FRAMES / 2);
            Long before = latest.put(stream, record.getSequence());
            assertThat(before == null || before < record.getSequence()).as(stream).isTrue();
        }
    }

    private static void assertHasTheResultOfItsFrame(FrameDetections record) {
        assertThat(record.getCameraId()).isEqualTo(camera(record.getSequence()));
        assertThat(record.getObjects()).hasSize((int) (record.getSequence() % 3));
    }

    private static String camera(long number) {
        return "camera-" + number % CAMERAS;
    }

    private static boolean isRejected(long number) {
        return number % 100 == 99;
    }

    private static List<Long> sequences(boolean rejected) {
        return LongStream.range(0, FRAMES)
                .filter(number -> isRejected(number) == rejected)
                .boxed()
                .toList();
    }

    private static <T> List<T> drain(CloseableIterator<T> iterator) throws Exception {
        try (iterator) {
            List<T> all = new ArrayList<>();
            iterator.forEachRemaining(all::add);
            return all;
        }
    }
}

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
package io.frameflow.operators.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.analytics.file.AnalyticsFileReader;
import io.frameflow.operators.testing.SampleAnalytics;
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tracking operator in a Flink cluster, with analytics, on detections that come out of order
 * and twice: a job that is killed and restored, one that is rescaled and one that reads the same
 * again give the track ids, the events and the totals of the run that nobody disturbed.
 */
@Timeout(180)
class TrackingRunsITCase {
    private static final int FAILURES = 3;

    /** All jobs run in this process, and tell this what they send. */
    private static RecordedRun run = new RecordedRun();

    private static List<FrameDetections> input = List.of();

    private static TrackerOptions tracker = CombinedOptions.DEFAULTS;

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
    private static final AtomicBoolean HAS_CHECKPOINT = new AtomicBoolean();

    @TempDir private static Path folder;

    /** Where the detections come from. */
    enum Footage {
        SYNTHETIC,
        MOT17
    }

    /** The default tracker, and the one that remembers the most of a track. */
    @ParameterizedTest
    @CsvSource({"SYNTHETIC, OCSORT", "MOT17, FRAMEFLOW"})
    void everyRunGivesTheSame(Footage footage, TrackerKind kind) throws Exception {
        tracker = kind.options(Map.of());
        input = footage == Footage.MOT17 ? Sequences.mot17() : Sequences.synthetic();

        RecordedRun undisturbed = recorded(() -> runToTheEnd(2, 0, 0));
        RecordedRun replayed = recorded(() -> runToTheEnd(4, 0, 0));
        RecordedRun killed = recorded(() -> runToTheEnd(2, 1, FAILURES));
        RecordedRun rescaled = recorded(TrackingRunsITCase::runFromTwoToFive);

        assertSomethingHappened(undisturbed);
        assertThat(undisturbed.repeated()).isZero();
        assertSame(replayed, undisturbed);
        assertThat(FAILURES_LEFT).as("it was killed").hasValue(0);
        assertThat(killed.repeated()).as("it went back to a checkpoint").isPositive();
        assertSame(killed, undisturbed);
        assertThat(rescaled.repeated()).as("it went on from its savepoint").isZero();
        assertSame(rescaled, undisturbed);
    }

    private static void assertSame(RecordedRun run, RecordedRun undisturbed) {
        assertThat(run.contradictions()).isEmpty();
        assertThat(run.results()).isEqualTo(undisturbed.results());
        assertThat(run.events()).isEqualTo(undisturbed.events());
        assertThat(totals(run)).isEqualTo(totals(undisturbed));
    }

    private static void assertSomethingHappened(RecordedRun run) {
        Set<TrackEventType> types = EnumSet.noneOf(TrackEventType.class);
        run.events().values().forEach(all -> all.forEach(event -> types.add(event.getType())));
        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(TrackEventType.UNKNOWN)));
        Set<FrameDetections> distinct = new HashSet<>(input);
        assertThat(run.results()).as("all but what came twice").hasSameSizeAs(distinct);
    }

    /** The latest total of each zone, line and direction of each camera. */
    private static Map<String, Long> totals(RecordedRun run) {
        Map<String, Long> totals = new TreeMap<>();
        run.events()
                .values()
                .forEach(
                        events ->
                                events.stream()
                                        .filter(event -> event.getAnalytics() != null)
                                        .forEach(
                                                event ->
                                                        totals.put(
                                                                key(event),
                                                                event.getAnalytics().getTotal())));
        return totals;
    }

    private static String key(TrackEvent event) {
        return event.getCameraId() + " " + event.getType() + " " + event.getAnalytics().getLabel();
    }

    /** Something that runs jobs. */
    @FunctionalInterface
    private interface Jobs {
        void run() throws Exception;
    }

    private static RecordedRun recorded(Jobs jobs) throws Exception {
        run = new RecordedRun();
        jobs.run();
        return run;
    }

    private static void runToTheEnd(int parallelism, long pauseMillis, int failures)
            throws Exception {
        FAILURES_LEFT.set(failures);
        HAS_CHECKPOINT.set(false);
        job(parallelism, pauseMillis, new Configuration()).execute();
    }

    private static void runFromTwoToFive() throws Exception {
        FAILURES_LEFT.set(0);
        JobClient first = job(2, 1, new Configuration()).executeAsync();
        while (run.count() < input.size() / 3) {
            Thread.sleep(5);
        }
        String savepoint =
                first.stopWithSavepoint(
                                false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(60, TimeUnit.SECONDS);
        assertThat(run.count()).as("stopped on the way").isLessThan(input.size() * 3 / 4);

        Configuration goOn = new Configuration();
        goOn.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        job(5, 0, goOn).execute();
    }

    private static StreamExecutionEnvironment job(
            int parallelism, long pauseMillis, Configuration configuration) throws Exception {
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, 120);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(30));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        SingleOutputStreamOperator<FrameDetections> tracked =
                environment
                        .fromSource(
                                new NumberSequenceSource(0, input.size() - 1L),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .uid("numbers")
                        .setParallelism(1)
                        .map(new Detector(pauseMillis))
                        .uid("detector")
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<FrameDetections>forBoundedOutOfOrderness(
                                                Duration.ofSeconds(5))
                                        .withTimestampAssigner(
                                                (frame, time) -> frame.getCaptureTimeUs() / 1000))
                        .uid("times")
                        .setParallelism(1)
                        .keyBy(FrameDetections::getCameraId, Types.STRING)
                        .process(new TrackingFunction(parameters()))
                        .uid("tracking");
        tracked.sinkTo(new RecordingSink<>(result -> run.add(result))).uid("results");
        tracked.getSideOutput(TrackEvents.TAG)
                .sinkTo(new RecordingSink<>(event -> run.add(event)))
                .uid("events");
        return environment;
    }

    private static TrackingParameters parameters() throws Exception {
        Set<String> cameras =
                input.stream().map(FrameDetections::getCameraId).collect(Collectors.toSet());
        return new TrackingParameters(
                tracker,
                Duration.ofMinutes(1),
                TrackingHarness.REORDERING,
                AnalyticsFileReader.read(
                        Files.writeString(
                                folder.resolve("analytics.yaml"),
                                SampleAnalytics.withDirections(cameras))));
    }

    /** Sends the input, and fails now and then once there is a checkpoint to go back to. */
    private static final class Detector
            implements MapFunction<Long, FrameDetections>,
                    ResultTypeQueryable<FrameDetections>,
                    CheckpointListener {
        private final long pauseMillis;

        Detector(long pauseMillis) {
            this.pauseMillis = pauseMillis;
        }

        @Override
        public FrameDetections map(Long number) throws InterruptedException {
            Thread.sleep(pauseMillis);
            int failed = FAILURES - FAILURES_LEFT.get();
            boolean isTime = number > input.size() * (failed + 1L) / (FAILURES + 1);
            if (FAILURES_LEFT.get() > 0 && isTime && HAS_CHECKPOINT.compareAndSet(true, false)) {
                FAILURES_LEFT.decrementAndGet();
                throw new IllegalStateException("a failure of the test");
            }
            return RecordCodec.forFrameDetections().copy(input.get(Math.toIntExact(number)));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            HAS_CHECKPOINT.set(true);
        }

        @Override
        public TypeInformation<FrameDetections> getProducedType() {
            return RecordTypes.frameDetections();
        }
    }
}

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

import static io.frameflow.operators.tracking.Frames.box;
import static io.frameflow.operators.tracking.Frames.frame;
import static io.frameflow.operators.tracking.Frames.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.function.SerializableFunction;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job goes on from savepoints that earlier versions of the program wrote, and from one of today.
 * Each lies in the resources, as the version of the state that it holds names it, and stays there
 * for ever.
 */
@Timeout(120)
class SavepointUpgradeITCase {
    private static final int CAMERAS = 3;
    private static final int FRAMES_PER_CAMERA = 1_000;
    private static final Path SAVEPOINTS =
            Path.of("src/test/resources/io/frameflow/operators/tracking");

    /** From one subtask to five. */
    @ParameterizedTest(name = "version {0}")
    @MethodSource("versions")
    void tracksGoOnFromEveryVersion(int version) throws Exception {
        Configuration configuration = configuration();
        configuration.set(
                StateRecoveryOptions.SAVEPOINT_PATH,
                SAVEPOINTS.resolve("savepoint-v" + version).toUri().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(5, configuration);
        SingleOutputStreamOperator<FrameDetections> tracked =
                tracked(environment, SavepointUpgradeITCase::examined);
        CloseableIterator<FrameDetections> results = tracked.collectAsync();
        CloseableIterator<TrackEvent> events =
                tracked.getSideOutput(TrackEvents.TAG).collectAsync();

        environment.executeAsync();

        List<FrameDetections> after = drain(results);
        assertThat(after).as("it does not begin anew").hasSizeLessThan(frames()).isNotEmpty();
        assertThat(after).allSatisfy(frame -> assertThat(ids(frame)).containsExactly(1L, 2L));
        List<TrackEvent> ends = drain(events);
        assertThat(ends).extracting(TrackEvent::getType).containsOnly(TrackEventType.ENDED);
        assertThat(ends)
                .hasSize(2 * CAMERAS)
                .allSatisfy(
                        end -> {
                            assertThat(end.getFirstCaptureTimeUs())
                                    .isEqualTo(Frames.captureTimeOf(0));
                            assertThat(end.getDetections()).isEqualTo(FRAMES_PER_CAMERA);
                        });
    }

    static IntStream versions() {
        return IntStream.rangeClosed(1, CameraStateFormat.VERSION);
    }

    @Test
    @Disabled("writes the savepoint of a new version, once")
    void writeSavepoint(@TempDir Path folder) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
        SingleOutputStreamOperator<FrameDetections> tracked =
                tracked(environment, SavepointUpgradeITCase::examinedSlowly);
        tracked.sinkTo(new DiscardingSink<>()).uid("results");
        JobClient job = environment.executeAsync();
        Thread.sleep(1_500);
        String savepoint =
                job.stopWithSavepoint(
                                false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(60, TimeUnit.SECONDS);

        Path target =
                Files.createDirectories(
                        SAVEPOINTS.resolve("savepoint-v" + CameraStateFormat.VERSION));
        Path written = Path.of(URI.create(savepoint));
        try (var files = Files.list(written)) {
            assertThat(files).as("all state lies in one file").hasSize(1);
        }
        Files.copy(written.resolve("_metadata"), target.resolve("_metadata"));
    }

    private static SingleOutputStreamOperator<FrameDetections> tracked(
            StreamExecutionEnvironment environment,
            SerializableFunction<Long, FrameDetections> frames) {
        return environment
                .fromSource(
                        new NumberSequenceSource(0, frames() - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .setParallelism(1)
                .map(new FrameByNumber(frames))
                .uid("frames")
                .setParallelism(1)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<FrameDetections>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (frame, time) -> frame.getCaptureTimeUs() / 1000))
                .uid("times")
                .setParallelism(1)
                .keyBy(FrameDetections::getCameraId, Types.STRING)
                .process(new TrackingFunction(TrackingHarness.IN_ORDER))
                .uid("tracking");
    }

    /** Two objects far apart, whose tracks any tracker keeps. */
    private static FrameDetections examined(long number) {
        int sequence = (int) (number / CAMERAS);
        return frame(
                "camera-" + number % CAMERAS,
                "session",
                sequence,
                box(sequence, 100),
                box(1_500, 800));
    }

    private static FrameDetections examinedSlowly(long number) {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return examined(number);
    }

    private static int frames() {
        return CAMERAS * FRAMES_PER_CAMERA;
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        return configuration;
    }

    private static <T> List<T> drain(CloseableIterator<T> iterator) throws Exception {
        try (iterator) {
            List<T> all = new ArrayList<>();
            iterator.forEachRemaining(all::add);
            return all;
        }
    }
}

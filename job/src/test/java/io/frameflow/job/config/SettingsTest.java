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
package io.frameflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.Precision;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.operators.tracking.Reordering;
import io.frameflow.operators.tracking.TrackingParameters;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.operators.tracking.tracker.OcSortOptions;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> LEAST =
            Map.of("kafka.bootstrap-servers", "broker:9092", "model.file", "/models/yolov8.yaml");

    @Test
    void theRequiredOptionsAreEnough() {
        Settings settings = Settings.from(LEAST);

        assertThat(settings.kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(settings.kafka().topics())
                .isEqualTo(
                        new KafkaSettings.Topics(
                                "frames",
                                "detections",
                                "dead-letters",
                                "events",
                                Optional.empty(),
                                Optional.empty()));
        assertThat(settings.kafka().source())
                .isEqualTo(
                        new KafkaSettings.Source(
                                "frameflow",
                                StartingOffsets.COMMITTED,
                                false,
                                64,
                                16 * 1024 * 1024));
        assertThat(settings.kafka().sink().guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(settings.inference())
                .isEqualTo(
                        new InferenceSettings(
                                new PipelineSettings(
                                        "/models/yolov8.yaml",
                                        null,
                                        EngineChoice.AUTO,
                                        32,
                                        0,
                                        DecodeLimits.DEFAULT,
                                        PlanSettings.DEFAULT),
                                Duration.ofMillis(33),
                                List.of()));
        assertThat(settings.tracking())
                .isEqualTo(
                        new TrackingSettings(
                                true,
                                new TrackingParameters(
                                        CombinedOptions.DEFAULTS,
                                        Duration.ofMinutes(1),
                                        new Reordering(5, Duration.ofSeconds(1)),
                                        AnalyticsConfiguration.NONE)));
        assertThat(settings.checkpoints())
                .isEqualTo(
                        new CheckpointSettings(
                                Duration.ofSeconds(10), Duration.ofMinutes(2), false));
    }

    @Test
    void everyOptionReachesItsSetting() {
        Settings settings =
                Settings.from(
                        with(
                                "kafka.topics.frames", "f",
                                "kafka.topics.detections", "d",
                                "kafka.topics.dead-letters", "l",
                                "kafka.topics.events", "e",
                                "kafka.topics.control", "c",
                                "kafka.topics.preview", "p",
                                "preview.rate", "4",
                                "preview.max-picture-size", "100 kb",
                                "kafka.source.group-id", "group",
                                "kafka.source.starting-offsets", "latest",
                                "kafka.source.bounded", "true",
                                "kafka.source.max-poll-records", "7",
                                "kafka.source.fetch-max-bytes", "2 mb",
                                "kafka.sink.delivery-guarantee", "exactly-once",
                                "kafka.sink.transactional-id-prefix", "site",
                                "kafka.sink.transaction-timeout", "14 min",
                                "kafka.properties.security.protocol", "SSL",
                                "frames.max-message-size", "3 mb",
                                "model.onnx", "/models/other.onnx",
                                "frames.max-side", "1920",
                                "frames.max-pixels", "2073600",
                                "model.engine", "onnxruntime",
                                "model.precision", "fp32",
                                "model.engine-cache", "/cache",
                                "model.plan", "/plans/a.plan",
                                "inference.batch-size", "5",
                                "inference.decoding-threads", "3",
                                "inference.batched-push-timeout", "40 ms",
                                "inference.gpu-ids", "2, 0",
                                "denoise.enabled", "true",
                                "denoise.preset", "indoor_low_light",
                                "denoise.strength", "0.75",
                                "denoise.max-history-size", "2 mb",
                                "tracking.enabled", "false",
                                "tracking.tracker", "bytetrack",
                                "tracking.track_high_thresh", "0.65",
                                "tracking.track_low_thresh", "0.2",
                                "tracking.new_track_thresh", "0.75",
                                "tracking.track_buffer", "60",
                                "tracking.match_thresh", "0.8",
                                "tracking.match_thresh_low", "0.4",
                                "tracking.match_thresh_tentative", "0.6",
                                "tracking.fuse_score", "false",
                                "tracking.duplicate_thresh", "0.25",
                                "tracking.maxTargetsPerStream", "20",
                                "tracking.reorder-window", "9",
                                "tracking.reorder-timeout", "3 s",
                                "tracking.idle-timeout", "5 min",
                                "dead-letters.max-payload-size", "1 kb",
                                "checkpoints.interval", "1 s",
                                "checkpoints.timeout", "30 s",
                                "checkpoints.unaligned", "true"));

        assertThat(settings.kafka())
                .isEqualTo(
                        new KafkaSettings(
                                "broker:9092",
                                new KafkaSettings.Topics(
                                        "f", "d", "l", "e", Optional.of("c"), Optional.of("p")),
                                new KafkaSettings.Source(
                                        "group", StartingOffsets.LATEST, true, 7, 2 * 1024 * 1024),
                                new KafkaSettings.Sink(
                                        DeliveryGuarantee.EXACTLY_ONCE,
                                        Optional.of("site"),
                                        Duration.ofMinutes(14)),
                                Map.of("security.protocol", "SSL")));
        assertThat(settings.previews())
                .contains(new PreviewSettings(Duration.ofMillis(250), 100 * 1024));
        assertThat(settings.maxMessageSize()).isEqualTo(3 * 1024 * 1024);
        assertThat(settings.inference())
                .isEqualTo(
                        new InferenceSettings(
                                new PipelineSettings(
                                        "/models/yolov8.yaml",
                                        "/models/other.onnx",
                                        EngineChoice.ONNXRUNTIME,
                                        5,
                                        3,
                                        new DecodeLimits(1920, 1920 * 1080),
                                        new PlanSettings(Precision.FP32, "/cache", "/plans/a.plan"),
                                        new DenoiseStage(
                                                new DenoiseSettings(
                                                        DenoisePreset.INDOOR_LOW_LIGHT, 0.75f),
                                                2L << 20)),
                                Duration.ofMillis(40),
                                List.of(2, 0)));
        assertThat(settings.tracking())
                .isEqualTo(
                        new TrackingSettings(
                                false,
                                new TrackingParameters(
                                        new ByteTrackOptions(
                                                0.65f, 0.2f, 0.75f, 60, 0.8f, 0.4f, 0.6f, false,
                                                0.25f, 20),
                                        Duration.ofMinutes(5),
                                        new Reordering(9, Duration.ofSeconds(3)),
                                        AnalyticsConfiguration.NONE)));
        assertThat(settings.maxDeadLetterPayload()).isEqualTo(1024);
        assertThat(settings.checkpoints())
                .isEqualTo(
                        new CheckpointSettings(
                                Duration.ofSeconds(1), Duration.ofSeconds(30), true));
    }

    @Test
    void analyticsAreReadFromTheirFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("analytics.yaml"),
                        "cameras: {north: {roi-filtering: {roi-door: 0;0;1;0;1;1}}}");

        Settings settings = Settings.from(with("analytics.file", file.toString()));

        assertThat(settings.tracking().parameters().analytics().cameras())
                .containsOnlyKeys("north");
    }

    @Test
    void problemsOfTheAnalyticsFileAreReported(@TempDir Path folder) {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(
                        () ->
                                Settings.from(
                                        with(
                                                "analytics.file",
                                                folder.resolve("none.yaml").toString())))
                .withMessageContaining("there is no analytics file");
    }

    @Test
    void analyticsNeedTracks() {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(
                        () ->
                                Settings.from(
                                        with(
                                                "analytics.file", "some.yaml",
                                                "tracking.enabled", "false")))
                .withMessageContaining("there are no tracks while tracking.enabled is false");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(
                        () ->
                                Settings.from(
                                        Map.of(
                                                "inference.batch-size", "0",
                                                "inference.batchsize", "8",
                                                "checkpoints.interval", "soon",
                                                "kafka.topics.events", "frames",
                                                "kafka.properties.group.id", "mine",
                                                "colour", "red")))
                .satisfies(
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.INVALID_SETTINGS))
                .withMessageStartingWith("8 settings are wrong:\n")
                .withMessageContainingAll(
                        "kafka.bootstrap-servers: it is missing, set it to host:port",
                        "model.file: it is missing",
                        "inference.batch-size: '0' is not valid: expected an integer from 1 to 1024",
                        "inference.batchsize: there is no such option, did you mean"
                                + " 'inference.batch-size'?",
                        "checkpoints.interval: 'soon' is not valid: expected a duration with its"
                                + " unit, from 100 ms to 1 h",
                        "kafka.topics.events: 'frames' is not valid: it is also kafka.topics.frames",
                        "kafka.properties.group.id: 'mine' is not valid: set kafka.source.group-id"
                                + " instead",
                        "colour: there is no such option, see docs/configuration.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kafka.bootstrap-servers        | '  '         | host:port of one or more brokers
                    kafka.topics.frames            | ..           | a topic name
                    kafka.topics.frames            | fra mes      | a topic name
                    kafka.topics.detections        | frames       | each needs a topic of its own
                    kafka.source.group-id          | ' group'     | a text without blanks around it
                    kafka.source.starting-offsets  | yesterday    | one of committed, earliest, latest
                    kafka.source.bounded           | maybe        | true or false
                    kafka.source.max-poll-records  | 0            | an integer from 1 to 10000
                    kafka.source.max-poll-records  | 1.5          | an integer from 1 to 10000
                    kafka.source.fetch-max-bytes   | 16 apples    | a size with its unit
                    kafka.source.fetch-max-bytes   | 2 gb         | from 1 kb to 1 gb
                    kafka.sink.delivery-guarantee  | none         | one of at-least-once, exactly-once
                    kafka.sink.delivery-guarantee  | exactly-once | exactly-once needs one that no other job
                    kafka.sink.transactional-id-prefix | a b      | letters, digits, dots, dashes
                    kafka.sink.transaction-timeout | 1 s          | from 10 s to 7 d
                    kafka.properties.acks          | 1            | the job sets it
                    frames.max-message-size        | 1 gb         | from 1 kb to 256 mb
                    inference.batch-size           | 1025         | an integer from 1 to 1024
                    inference.batched-push-timeout | 2 min        | from 0 ms to 1 min
                    inference.decoding-threads     | -1           | an integer from 0 to 256
                    inference.gpu-ids              | GPU-8f6a     | numbers of cards with commas between
                    inference.gpu-ids              | '0,'         | numbers of cards with commas between
                    model.engine                   | openvino     | one of auto, onnxruntime, tensorrt
                    model.precision                | fp8          | one of fp32, fp16, int8
                    frames.max-side                | 0            | an integer from 1 to 65535
                    frames.max-pixels              | 999999999    | an integer from 1 to 268435456
                    dead-letters.max-payload-size  | -1           | a size with its unit
                    checkpoints.interval           | 2 h          | from 100 ms to 1 h
                    tracking.enabled               | ''           | true or false
                    tracking.track_high_thresh     | 1.1          | a number from 0 to 1
                    tracking.track_high_thresh     | NaN          | a number from 0 to 1
                    tracking.track_low_thresh      | 0.7          | must not be above track_high_thresh
                    tracking.tracker               | deepsort     | one of frameflow, bytetrack, ocsort, sort
                    tracking.max_age               | 3            | max_age is no option of the tracker frameflow
                    tracking.track_buffer          | -1           | an integer from 0 to 1000000
                    tracking.idle-timeout          | 0 s          | from 1 s to 1 d
                    tracking.reorder-window        | 65           | an integer from 0 to 64
                    tracking.reorder-timeout       | 61 s         | from 1 ms to 1 min
                    """)
    void aWrongValueIsRefusedWithWhatIsRight(String key, String value, String expected) {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> Settings.from(with(key, value)))
                .withMessageStartingWith("1 setting is wrong:")
                .withMessageContaining(expected);
    }

    @Test
    void eachTrackerHasItsOptions() {
        Settings settings =
                Settings.from(
                        with(
                                "tracking.tracker", "ocsort",
                                "tracking.det_thresh", "0.5",
                                "tracking.max_age", "31",
                                "tracking.min_hits", "2",
                                "tracking.iou_threshold", "0.4",
                                "tracking.delta_t", "4",
                                "tracking.inertia", "0.1"));

        assertThat(settings.tracking().parameters().tracker())
                .isEqualTo(new OcSortOptions(0.5f, 31, 2, 0.4f, 4, 0.1f, 150));
    }

    @Test
    void transactionsMustOutliveCheckpoints() {
        Map<String, String> exactlyOnce =
                with(
                        "kafka.sink.delivery-guarantee", "exactly-once",
                        "kafka.sink.transactional-id-prefix", "site",
                        "kafka.sink.transaction-timeout", "2 min");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> Settings.from(exactlyOnce))
                .withMessageContaining(
                        "kafka.sink.transaction-timeout: '2 min' is not valid: it must be longer"
                                + " than 490 s, what checkpoints.interval and checkpoints.timeout"
                                + " need where 3 checkpoints in a row fail");

        exactlyOnce.put("kafka.sink.delivery-guarantee", "at-least-once");
        assertThat(Settings.from(exactlyOnce).kafka().sink().transactionTimeout())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void secretsAreNeverShown() {
        Settings settings =
                Settings.from(
                        with(
                                "kafka.properties.ssl.keystore.password", "hunter2",
                                "kafka.properties.security.protocol", "SSL",
                                "inference.batch-size", "5"));

        assertThat(settings.toString())
                .doesNotContain("hunter2")
                .contains("kafka.properties.ssl.keystore.password: ******")
                .contains("kafka.properties.security.protocol: SSL")
                .contains("inference.batch-size: 5\n")
                .contains("kafka.source.fetch-max-bytes: 16 mb\n")
                .contains("model.onnx: (not set)\n");
        assertThat(settings.kafka().toString()).doesNotContain("hunter2");
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> Settings.from(with("kafka.sasl.password", "hunter2")))
                .withMessageNotContaining("hunter2");
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> given = new TreeMap<>(LEAST);
        for (int at = 0; at < keysAndValues.length; at += 2) {
            given.put(keysAndValues[at], keysAndValues[at + 1]);
        }
        return given;
    }
}

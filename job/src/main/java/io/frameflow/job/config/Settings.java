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

import io.frameflow.decode.DecodeLimits;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.file.AnalyticsFileReader;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.operators.tracking.Reordering;
import io.frameflow.operators.tracking.TrackingParameters;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a job: complete, valid by themselves and together, immutable.
 *
 * @param kafka where frames come from and where results go
 * @param maxMessageSize largest message that is opened, in bytes
 * @param inference how frames are examined
 * @param tracking how detections become tracks
 * @param previews which frames are shown to people; empty for none
 * @param maxResultSize largest result of a frame, in bytes
 * @param maxDeadLetterPayload largest message that is kept in its dead letter, in bytes
 * @param checkpoints how often the job saves where it is
 * @param description every option with its effective value, secrets masked, one a line
 */
public record Settings(
        KafkaSettings kafka,
        int maxMessageSize,
        InferenceSettings inference,
        TrackingSettings tracking,
        Optional<PreviewSettings> previews,
        int maxResultSize,
        int maxDeadLetterPayload,
        CheckpointSettings checkpoints,
        String description) {

    /**
     * Reads and checks all options.
     *
     * @param given texts by key; what is not given has its default
     * @throws FrameflowException INVALID_SETTINGS with every problem, one a line
     */
    public static Settings from(Map<String, String> given) {
        OptionValues values = OptionValues.read(given);
        List<Problem> problems = new ArrayList<>(values.problems());
        problems.addAll(CrossFieldRules.check(values));
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        return new Settings(
                kafka(values),
                (int) values.get(FrameOptions.MAX_MESSAGE_SIZE).getBytes(),
                inference(values),
                tracking(values),
                PreviewOptions.previews(values),
                (int) values.get(ResultOptions.MAX_RESULT_SIZE).getBytes(),
                (int) values.get(DeadLetterOptions.MAX_PAYLOAD_SIZE).getBytes(),
                new CheckpointSettings(
                        values.get(CheckpointOptions.INTERVAL),
                        values.get(CheckpointOptions.TIMEOUT),
                        values.get(CheckpointOptions.UNALIGNED)),
                describe(values));
    }

    /** The effective value of each option, secrets masked, one a line. */
    @Override
    public String toString() {
        return description;
    }

    private static KafkaSettings kafka(OptionValues values) {
        return new KafkaSettings(
                values.get(KafkaOptions.BOOTSTRAP_SERVERS),
                new KafkaSettings.Topics(
                        values.get(KafkaOptions.FRAMES_TOPIC),
                        values.get(KafkaOptions.DETECTIONS_TOPIC),
                        values.get(KafkaOptions.DEAD_LETTERS_TOPIC),
                        values.get(KafkaOptions.EVENTS_TOPIC),
                        values.find(KafkaOptions.CONTROL_TOPIC),
                        values.find(KafkaOptions.PREVIEW_TOPIC)),
                new KafkaSettings.Source(
                        values.get(KafkaOptions.GROUP_ID),
                        values.get(KafkaOptions.STARTING_OFFSETS),
                        values.get(KafkaOptions.BOUNDED),
                        values.get(KafkaOptions.MAX_POLL_RECORDS),
                        (int) values.get(KafkaOptions.FETCH_MAX_BYTES).getBytes()),
                new KafkaSettings.Sink(
                        values.get(KafkaOptions.DELIVERY_GUARANTEE),
                        values.find(KafkaOptions.TRANSACTIONAL_ID_PREFIX),
                        values.get(KafkaOptions.TRANSACTION_TIMEOUT)),
                values.below(KafkaOptions.PROPERTIES_PREFIX));
    }

    private static InferenceSettings inference(OptionValues values) {
        return new InferenceSettings(
                new PipelineSettings(
                        values.get(ModelOptions.FILE),
                        values.find(ModelOptions.ONNX).orElse(null),
                        values.get(ModelOptions.ENGINE),
                        values.get(InferenceOptions.BATCH_SIZE),
                        values.get(InferenceOptions.DECODING_THREADS),
                        new DecodeLimits(
                                values.get(FrameOptions.MAX_SIDE),
                                values.get(FrameOptions.MAX_PIXELS)),
                        new PlanSettings(
                                values.get(ModelOptions.PRECISION),
                                values.find(ModelOptions.ENGINE_CACHE).orElse(null),
                                values.find(ModelOptions.PLAN).orElse(null)),
                        DenoiseOptions.stage(values)),
                values.get(InferenceOptions.BATCHED_PUSH_TIMEOUT),
                values.find(InferenceOptions.GPU_IDS).map(Settings::numbers).orElse(List.of()));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
    }

    private static TrackingSettings tracking(OptionValues values) {
        return new TrackingSettings(
                values.get(TrackingOptions.ENABLED),
                new TrackingParameters(
                        TrackingOptions.tracker(values),
                        values.get(TrackingOptions.IDLE_TIMEOUT),
                        new Reordering(
                                values.get(TrackingOptions.REORDER_WINDOW),
                                values.get(TrackingOptions.REORDER_TIMEOUT)),
                        values.find(AnalyticsOptions.FILE)
                                .map(file -> AnalyticsFileReader.read(Path.of(file)))
                                .orElse(AnalyticsConfiguration.NONE)));
    }

    private static FrameflowException invalid(List<Problem> problems) {
        String lines =
                problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n"));
        return new FrameflowException(
                FailureCode.INVALID_SETTINGS,
                (problems.size() == 1
                                ? "1 setting is wrong:\n"
                                : problems.size() + " settings are wrong:\n")
                        + lines);
    }

    private static String describe(OptionValues values) {
        List<String> lines = new ArrayList<>();
        OptionCatalog.options()
                .forEach(option -> lines.add(line(option.key(), values.text(option))));
        values.below(KafkaOptions.PROPERTIES_PREFIX)
                .forEach(
                        (key, value) ->
                                lines.add(line(KafkaOptions.PROPERTIES_PREFIX + key, value)));
        return String.join("\n", lines);
    }

    private static String line(String key, String value) {
        return key + ": " + (value.isEmpty() ? "(not set)" : SecretKeys.mask(key, value));
    }
}

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

import static io.frameflow.job.config.KafkaOptions.CONTROL_TOPIC;
import static io.frameflow.job.config.KafkaOptions.DEAD_LETTERS_TOPIC;
import static io.frameflow.job.config.KafkaOptions.DELIVERY_GUARANTEE;
import static io.frameflow.job.config.KafkaOptions.DETECTIONS_TOPIC;
import static io.frameflow.job.config.KafkaOptions.EVENTS_TOPIC;
import static io.frameflow.job.config.KafkaOptions.FRAMES_TOPIC;
import static io.frameflow.job.config.KafkaOptions.PREVIEW_TOPIC;
import static io.frameflow.job.config.KafkaOptions.PROPERTIES_PREFIX;
import static io.frameflow.job.config.KafkaOptions.TRANSACTIONAL_ID_PREFIX;
import static io.frameflow.job.config.KafkaOptions.TRANSACTION_TIMEOUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** What options must fulfil together. A rule is left out where one of its options is not valid. */
final class CrossFieldRules {

    /** Kafka's properties that have an option, or that the job's guarantees rest on. */
    private static final Map<String, String> RESERVED_PROPERTIES =
            Map.ofEntries(
                    Map.entry("bootstrap.servers", "set kafka.bootstrap-servers instead"),
                    Map.entry("group.id", "set kafka.source.group-id instead"),
                    Map.entry("auto.offset.reset", "set kafka.source.starting-offsets instead"),
                    Map.entry("max.poll.records", "set kafka.source.max-poll-records instead"),
                    Map.entry("fetch.max.bytes", "set kafka.source.fetch-max-bytes instead"),
                    Map.entry(
                            "transaction.timeout.ms", "set kafka.sink.transaction-timeout instead"),
                    Map.entry("transactional.id", "set kafka.sink.transactional-id-prefix instead"),
                    Map.entry("acks", "the job sets it, its guarantees rest on all replicas"),
                    Map.entry(
                            "enable.idempotence",
                            "the job sets it, the order of a camera's results rests on it"),
                    Map.entry("enable.auto.commit", "the job sets it, checkpoints commit offsets"),
                    Map.entry("key.serializer", "the job sets it"),
                    Map.entry("value.serializer", "the job sets it"),
                    Map.entry("key.deserializer", "the job sets it"),
                    Map.entry("value.deserializer", "the job sets it"));

    private record Rule(
            List<JobOption<?>> options, BiConsumer<OptionValues, List<Problem>> check) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            List.of(
                                    FRAMES_TOPIC,
                                    DETECTIONS_TOPIC,
                                    DEAD_LETTERS_TOPIC,
                                    EVENTS_TOPIC,
                                    CONTROL_TOPIC,
                                    PREVIEW_TOPIC),
                            CrossFieldRules::topicsDiffer),
                    new Rule(
                            List.of(DELIVERY_GUARANTEE, TRANSACTIONAL_ID_PREFIX),
                            CrossFieldRules::exactlyOnceHasPrefix),
                    new Rule(
                            List.of(
                                    DELIVERY_GUARANTEE,
                                    TRANSACTION_TIMEOUT,
                                    CheckpointOptions.INTERVAL,
                                    CheckpointOptions.TIMEOUT),
                            CrossFieldRules::transactionsOutliveCheckpoints),
                    new Rule(TrackingOptions.trackerOptions(), CrossFieldRules::optionsFitTracker),
                    new Rule(
                            List.of(AnalyticsOptions.FILE, TrackingOptions.ENABLED),
                            CrossFieldRules::analyticsHasTracks),
                    new Rule(
                            List.of(TrackingOptions.REORDER_TIMEOUT, TrackingOptions.IDLE_TIMEOUT),
                            CrossFieldRules::framesWaitNoLongerThanCameras),
                    new Rule(List.of(), CrossFieldRules::propertiesAreFree));

    private CrossFieldRules() {}

    static List<Problem> check(OptionValues values) {
        List<Problem> problems = new ArrayList<>();
        RULES.stream()
                .filter(rule -> values.areUsable(rule.options()))
                .forEach(rule -> rule.check().accept(values, problems));
        return problems;
    }

    private static void topicsDiffer(OptionValues values, List<Problem> problems) {
        Map<String, JobOption<?>> users = new HashMap<>();
        for (JobOption<String> option :
                List.of(
                        FRAMES_TOPIC,
                        DETECTIONS_TOPIC,
                        DEAD_LETTERS_TOPIC,
                        EVENTS_TOPIC,
                        CONTROL_TOPIC,
                        PREVIEW_TOPIC)) {
            String topic = values.text(option);
            JobOption<?> other = topic.isEmpty() ? null : users.putIfAbsent(topic, option);
            if (other != null) {
                problems.add(
                        Problem.of(
                                option.key(),
                                topic,
                                "it is also " + other + ", each needs a topic of its own"));
            }
        }
    }

    private static void exactlyOnceHasPrefix(OptionValues values, List<Problem> problems) {
        if (values.get(DELIVERY_GUARANTEE) == DeliveryGuarantee.EXACTLY_ONCE
                && values.find(TRANSACTIONAL_ID_PREFIX).isEmpty()) {
            problems.add(
                    Problem.of(
                            TRANSACTIONAL_ID_PREFIX.key(),
                            null,
                            "it is missing, exactly-once needs one that no other job on the Kafka"
                                    + " cluster has, such as 'frameflow-site1'"));
        }
    }

    private static void transactionsOutliveCheckpoints(
            OptionValues values, List<Problem> problems) {
        // A transaction begins after one checkpoint, and is ended by the next one that succeeds.
        Duration interval = values.get(CheckpointOptions.INTERVAL);
        Duration timeout = values.get(CheckpointOptions.TIMEOUT);
        Duration failed = interval.compareTo(timeout) > 0 ? interval : timeout;
        Duration needed =
                interval.plus(failed.multipliedBy(CheckpointOptions.TOLERABLE_FAILED_CHECKPOINTS))
                        .plus(timeout);
        if (values.get(DELIVERY_GUARANTEE) == DeliveryGuarantee.EXACTLY_ONCE
                && values.get(TRANSACTION_TIMEOUT).compareTo(needed) <= 0) {
            problems.add(
                    Problem.of(
                            TRANSACTION_TIMEOUT.key(),
                            values.text(TRANSACTION_TIMEOUT),
                            String.format(
                                    "it must be longer than %s, what %s and %s need where %d checkpoints"
                                            + " in a row fail, or Kafka aborts transactions that a"
                                            + " checkpoint still counts on",
                                    Domain.written(needed),
                                    CheckpointOptions.INTERVAL,
                                    CheckpointOptions.TIMEOUT,
                                    CheckpointOptions.TOLERABLE_FAILED_CHECKPOINTS)));
        }
    }

    private static void optionsFitTracker(OptionValues values, List<Problem> problems) {
        try {
            TrackingOptions.tracker(values);
        } catch (IllegalArgumentException e) {
            problems.add(
                    Problem.of(
                            TrackingOptions.TRACKER.key(),
                            values.text(TrackingOptions.TRACKER),
                            String.valueOf(e.getMessage())));
        }
    }

    private static void analyticsHasTracks(OptionValues values, List<Problem> problems) {
        if (values.find(AnalyticsOptions.FILE).isPresent()
                && !values.get(TrackingOptions.ENABLED)) {
            problems.add(
                    Problem.of(
                            AnalyticsOptions.FILE.key(),
                            values.text(AnalyticsOptions.FILE),
                            "there are no tracks while " + TrackingOptions.ENABLED + " is false"));
        }
    }

    private static void framesWaitNoLongerThanCameras(OptionValues values, List<Problem> problems) {
        Duration idle = values.get(TrackingOptions.IDLE_TIMEOUT);
        if (values.get(TrackingOptions.REORDER_TIMEOUT).compareTo(idle) > 0) {
            problems.add(
                    Problem.of(
                            TrackingOptions.REORDER_TIMEOUT.key(),
                            values.text(TrackingOptions.REORDER_TIMEOUT),
                            "it must not be longer than "
                                    + TrackingOptions.IDLE_TIMEOUT
                                    + ", which is "
                                    + Domain.written(idle)));
        }
    }

    private static void propertiesAreFree(OptionValues values, List<Problem> problems) {
        values.below(PROPERTIES_PREFIX)
                .forEach(
                        (property, value) -> {
                            String reason = RESERVED_PROPERTIES.get(property);
                            if (reason != null) {
                                problems.add(
                                        Problem.of(PROPERTIES_PREFIX + property, value, reason));
                            }
                        });
    }
}

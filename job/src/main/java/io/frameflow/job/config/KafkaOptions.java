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

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Where frames come from and where results go. */
public final class KafkaOptions {
    /** What stands behind this prefix is handed to Kafka's clients as it is. */
    public static final String PROPERTIES_PREFIX = "kafka.properties.";

    private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final Pattern PREFIX_FORM = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    /** Brokers to begin with. */
    public static final JobOption<String> BOOTSTRAP_SERVERS =
            JobOption.required(
                    "kafka.bootstrap-servers",
                    Domain.texts("host:port of one or more brokers, separated by commas"),
                    "Brokers to ask for the cluster's others.");

    /** Topic with frames. */
    public static final JobOption<String> FRAMES_TOPIC =
            topic("frames", "Topic to read frames from.");

    /** Topic with results. */
    public static final JobOption<String> DETECTIONS_TOPIC =
            topic("detections", "Topic to write one result a frame to.");

    /** Topic with dead letters. */
    public static final JobOption<String> DEAD_LETTERS_TOPIC =
            topic(
                    "dead-letters",
                    "Topic to write the messages to from which no result could be made.");

    /** Topic with track events. */
    public static final JobOption<String> EVENTS_TOPIC =
            topic(
                    "events",
                    "Topic to write track events and acknowledgements of control messages to. Not"
                            + " used where there is neither tracking nor a control topic.");

    /** Topic with control messages. */
    public static final JobOption<String> CONTROL_TOPIC =
            JobOption.optional(
                    "kafka.topics.control",
                    topicNames(),
                    "Topic to read changes of settings from while the job runs, see control.md. One"
                            + " partition keeps changes in order. Without it nothing can be"
                            + " changed.");

    /** Topic with pictures to look at. */
    public static final JobOption<String> PREVIEW_TOPIC =
            JobOption.optional(
                    "kafka.topics.preview",
                    topicNames(),
                    "Topic to write pictures of some frames to, for people to look at. Without it"
                            + " there are none.");

    /** Consumer group. */
    public static final JobOption<String> GROUP_ID =
            JobOption.withDefault(
                    "kafka.source.group-id",
                    Domain.texts("a text without blanks around it"),
                    "frameflow",
                    "Consumer group under which progress is committed to Kafka at each checkpoint."
                            + " For monitoring and for a first start: a restart goes on from its"
                            + " checkpoint, whatever the group says.");

    /** Where to start without a checkpoint. */
    public static final JobOption<StartingOffsets> STARTING_OFFSETS =
            JobOption.withDefault(
                    "kafka.source.starting-offsets",
                    Domain.oneOf(List.of(StartingOffsets.values())),
                    StartingOffsets.COMMITTED,
                    "Where to start when there is no checkpoint or savepoint: at what the group has"
                            + " committed, or the beginning where it has nothing; at the beginning;"
                            + " or with what is published from now on.");

    /** Whether to stop at the present end. */
    public static final JobOption<Boolean> BOUNDED =
            JobOption.withDefault(
                    "kafka.source.bounded",
                    Domain.booleans(),
                    false,
                    "Whether the job ends when it has read what was in the topic at its start. For"
                            + " replays of recorded frames.");

    /** Messages in one poll. */
    public static final JobOption<Integer> MAX_POLL_RECORDS =
            JobOption.withDefault(
                    "kafka.source.max-poll-records",
                    Domain.integers(1, 10_000),
                    64,
                    "Most messages taken from the consumer at once. A subtask holds up to four such"
                            + " portions on the heap, so this times the size of a frame bounds its"
                            + " memory.");

    /** Bytes in one answer of a broker. */
    public static final JobOption<MemorySize> FETCH_MAX_BYTES =
            JobOption.withDefault(
                    "kafka.source.fetch-max-bytes",
                    Domain.sizes(new MemorySize(1024), MemorySize.ofMebiBytes(1024)),
                    MemorySize.ofMebiBytes(16),
                    "Most bytes that a broker sends in one answer. A larger message still comes, by"
                            + " itself.");

    /** What is guaranteed about the results. */
    public static final JobOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
            JobOption.withDefault(
                    "kafka.sink.delivery-guarantee",
                    Domain.oneOf(
                            List.of(
                                    DeliveryGuarantee.AT_LEAST_ONCE,
                                    DeliveryGuarantee.EXACTLY_ONCE)),
                    DeliveryGuarantee.AT_LEAST_ONCE,
                    "at-least-once: results are visible at once, and those since the last checkpoint"
                            + " come again, equal, after a failure. exactly-once: results are"
                            + " written in transactions and become visible with the next checkpoint"
                            + " to consumers that set isolation.level=read_committed.");

    /** Beginning of the transactional ids. */
    public static final JobOption<String> TRANSACTIONAL_ID_PREFIX =
            JobOption.optional(
                    "kafka.sink.transactional-id-prefix",
                    Domain.texts(
                            "1 to 200 letters, digits, dots, dashes and underscores",
                            prefix -> PREFIX_FORM.matcher(prefix).matches()),
                    "Beginning of the names of this job's transactions; needed for exactly-once. Two"
                            + " jobs on one Kafka cluster must not share it, or they abort each"
                            + " other's transactions; one job must keep it for ever.");

    /** Time after which Kafka aborts a transaction. */
    public static final JobOption<Duration> TRANSACTION_TIMEOUT =
            JobOption.withDefault(
                    "kafka.sink.transaction-timeout",
                    Domain.durations(Duration.ofSeconds(10), Duration.ofDays(7)),
                    Duration.ofMinutes(10),
                    "Time after which Kafka aborts a transaction that nobody ends. A job that is"
                            + " down for longer between a checkpoint and its restart loses results;"
                            + " while it is down, readers of committed records wait. At most the"
                            + " broker's transaction.max.timeout.ms, 15 minutes by default.");

    static final OptionSection CONNECTION =
            new OptionSection(
                    "Kafka: cluster and topics",
                    "The topics must exist: the job creates none. Any property of Kafka's own"
                            + " clients, such as those for TLS and SASL, is set behind the prefix"
                            + " `kafka.properties.`; those that have an option here are set by the"
                            + " option.",
                    List.of(
                            BOOTSTRAP_SERVERS,
                            FRAMES_TOPIC,
                            DETECTIONS_TOPIC,
                            DEAD_LETTERS_TOPIC,
                            EVENTS_TOPIC,
                            CONTROL_TOPIC,
                            PREVIEW_TOPIC));

    static final OptionSection SOURCE =
            new OptionSection(
                    "Kafka: source",
                    "How frames are read.",
                    List.of(
                            GROUP_ID,
                            STARTING_OFFSETS,
                            BOUNDED,
                            MAX_POLL_RECORDS,
                            FETCH_MAX_BYTES));

    static final OptionSection SINK =
            new OptionSection(
                    "Kafka: sinks",
                    "How results, dead letters and track events are written.",
                    List.of(DELIVERY_GUARANTEE, TRANSACTIONAL_ID_PREFIX, TRANSACTION_TIMEOUT));

    private KafkaOptions() {}

    private static JobOption<String> topic(String name, String description) {
        return JobOption.withDefault("kafka.topics." + name, topicNames(), name, description);
    }

    private static Domain<String> topicNames() {
        return Domain.texts(
                "a topic name: 1 to 249 letters, digits, dots, dashes and underscores",
                topic -> TOPIC_NAME.matcher(topic).matches());
    }
}

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
package io.frameflow.job.kafka;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.job.config.KafkaSettings;
import io.frameflow.job.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Kafka cluster, before the job is submitted, whether it can work there. What is found
 * here would otherwise show as a job that fails and restarts for ever, or waits in silence.
 */
public final class ClusterCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterCheck.class);

    /** Room in a record beside the payload of a dead letter or the pictures of a preview. */
    private static final int OVERHEAD_BYTES = 64 * 1024;

    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final Settings settings;
    private final Admin admin;
    private final List<String> problems = new ArrayList<>();

    private ClusterCheck(Settings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Checks the topics and the limits of the cluster.
     *
     * @throws FrameflowException INVALID_SETTINGS with everything that stands in the way
     * @throws InterruptedException if the thread is interrupted while it waits for answers
     */
    public static void run(Settings settings) throws InterruptedException {
        KafkaSettings kafka = settings.kafka();
        Admin admin;
        try {
            admin = Admin.create(ClientProperties.admin(kafka));
        } catch (KafkaException e) {
            throw failure(
                    "no Kafka client can be made of kafka.bootstrap-servers and kafka.properties: "
                            + rootMessage(e),
                    e);
        }
        try (admin) {
            new ClusterCheck(settings, admin).run();
        }
    }

    private void run() throws InterruptedException {
        checkTopicsExist();
        if (problems.isEmpty()) {
            checkMessageSizes();
            checkTransactionTimeout();
        }
        if (!problems.isEmpty()) {
            throw failure(String.join("\n", problems), null);
        }
    }

    private List<String> topics() {
        KafkaSettings.Topics topics = settings.kafka().topics();
        List<String> names =
                new ArrayList<>(
                        List.of(topics.frames(), topics.detections(), topics.deadLetters()));
        if (settings.tracking().enabled() || topics.control().isPresent()) {
            names.add(topics.events());
        }
        topics.control().ifPresent(names::add);
        topics.preview().ifPresent(names::add);
        return names;
    }

    private void checkTopicsExist() throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers =
                new TreeMap<>(admin.describeTopics(topics()).topicNameValues());
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                answer.getValue().get();
            } catch (ExecutionException e) {
                Throwable cause = root(e);
                problems.add(topicProblem(answer.getKey(), cause));
                if (!(cause instanceof UnknownTopicOrPartitionException)) {
                    return;
                }
            }
        }
    }

    private String topicProblem(String topic, Throwable cause) {
        String servers = settings.kafka().bootstrapServers();
        if (cause instanceof UnknownTopicOrPartitionException) {
            String size =
                    largestMessage(topic)
                            .map(bytes -> " --config max.message.bytes=" + bytes)
                            .orElse("");
            return String.format(
                    "the topic '%s' does not exist on %s, create it: kafka-topics.sh"
                            + " --bootstrap-server %s --create --topic %s --partitions %d%s",
                    topic, servers, servers, topic, isControl(topic) ? 1 : 8, size);
        }
        return String.format(
                "the topic '%s' cannot be looked at on %s: %s. Check kafka.bootstrap-servers, and"
                        + " kafka.properties for TLS and SASL",
                topic, servers, rootMessage(cause));
    }

    /** Changes keep their order in one partition only. */
    private boolean isControl(String topic) {
        return settings.kafka().topics().control().filter(topic::equals).isPresent();
    }

    private void checkMessageSizes() throws InterruptedException {
        KafkaSettings.Topics topics = settings.kafka().topics();
        requireRoom(topics.detections(), "results", "detections.max-result-size");
        requireRoom(topics.deadLetters(), "dead letters", "dead-letters.max-payload-size");
        if (topics.preview().isPresent()) {
            requireRoom(topics.preview().get(), "previews", "preview.max-picture-size");
        }
        number(ConfigResource.Type.TOPIC, topics.frames(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .filter(limit -> limit > settings.maxMessageSize())
                .ifPresent(
                        limit ->
                                LOG.warn(
                                        "The topic '{}' takes messages of {} bytes; those above"
                                                + " frames.max-message-size ({}) become dead letters.",
                                        topics.frames(),
                                        limit,
                                        settings.maxMessageSize()));
    }

    private void requireRoom(String topic, String records, String option)
            throws InterruptedException {
        long needed = largestMessage(topic).orElseThrow();
        number(ConfigResource.Type.TOPIC, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .filter(limit -> limit < needed)
                .ifPresent(
                        limit ->
                                problems.add(
                                        String.format(
                                                "the topic '%s' takes messages of %d bytes, %s may"
                                                        + " have %d: raise its max.message.bytes,"
                                                        + " or lower %s",
                                                topic, limit, records, needed, option)));
    }

    private void checkTransactionTimeout() throws InterruptedException {
        KafkaSettings.Sink sink = settings.kafka().sink();
        if (sink.guarantee() != DeliveryGuarantee.EXACTLY_ONCE) {
            return;
        }
        Optional<Node> broker =
                answer(admin.describeCluster().nodes()).stream()
                        .flatMap(Collection::stream)
                        .findFirst();
        if (broker.isEmpty()) {
            return;
        }
        long timeout = sink.transactionTimeout().toMillis();
        number(ConfigResource.Type.BROKER, broker.get().idString(), TRANSACTION_MAX_TIMEOUT)
                .filter(limit -> limit < timeout)
                .ifPresent(
                        limit ->
                                problems.add(
                                        String.format(
                                                "the brokers allow transactions of %d ms,"
                                                        + " kafka.sink.transaction-timeout is %d ms:"
                                                        + " lower it, or raise the brokers' %s",
                                                limit, timeout, TRANSACTION_MAX_TIMEOUT)));
    }

    private Optional<Long> number(ConfigResource.Type type, String name, String key)
            throws InterruptedException {
        ConfigResource resource = new ConfigResource(type, name);
        return answer(admin.describeConfigs(List.of(resource)).all()).stream()
                .flatMap(configs -> configs.values().stream())
                .flatMap(config -> Stream.ofNullable(config.get(key)))
                .map(entry -> Long.valueOf(entry.value()))
                .findFirst();
    }

    /** The answer; empty, with a warning, where this user may not have it. */
    private static <T> Optional<T> answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (root(e) instanceof AuthorizationException) {
                LOG.warn("A limit of the cluster is not checked: {}", rootMessage(e));
                return Optional.empty();
            }
            throw failure("Kafka does not answer: " + rootMessage(e), e);
        }
    }

    /** Bytes that the messages of a topic may have; empty where they are always small. */
    private Optional<Long> largestMessage(String topic) {
        KafkaSettings.Topics topics = settings.kafka().topics();
        if (topic.equals(topics.frames())) {
            return Optional.of((long) settings.maxMessageSize());
        }
        if (topic.equals(topics.detections())) {
            return Optional.of((long) settings.maxResultSize() + OVERHEAD_BYTES);
        }
        if (topic.equals(topics.deadLetters())) {
            return Optional.of((long) settings.maxDeadLetterPayload() + OVERHEAD_BYTES);
        }
        return settings.previews()
                .filter(previews -> topics.preview().equals(Optional.of(topic)))
                .map(previews -> (long) previews.maxPictureBytes() + OVERHEAD_BYTES);
    }

    private static FrameflowException failure(String message, @Nullable Throwable cause) {
        return new FrameflowException(FailureCode.INVALID_SETTINGS, message, cause);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = root(failure);
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

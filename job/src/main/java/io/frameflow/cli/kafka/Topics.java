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
package io.frameflow.cli.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks topics up and makes them. Not thread-safe. */
public final class Topics implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final KafkaConnection connection;
    private final Admin admin;

    private Topics(KafkaConnection connection, Admin admin) {
        this.connection = connection;
        this.admin = admin;
    }

    /**
     * Connects.
     *
     * @throws IOException if the properties or the addresses are wrong
     */
    public static Topics connect(KafkaConnection connection) throws IOException {
        int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
        try {
            Admin admin =
                    Admin.create(
                            connection.clientProperties(
                                    Map.of(
                                            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                            timeoutMillis,
                                            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                            timeoutMillis)));
            return new Topics(connection, admin);
        } catch (KafkaException e) {
            throw new IOException(
                    "cannot make a Kafka client for "
                            + connection.bootstrapServers()
                            + ": "
                            + rootMessage(e),
                    e);
        }
    }

    /** Number of partitions of a topic; empty if there is no such topic. */
    public Optional<Integer> partitions(String topic) throws IOException {
        try {
            return Optional.of(describe(topic).partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw unreachable(e);
        }
    }

    /**
     * Makes a topic, with the replication that the cluster has as its default. Does nothing if
     * somebody else has made it meanwhile.
     */
    public void create(String topic, int partitions, int maxMessageBytes) throws IOException {
        NewTopic created =
                new NewTopic(topic, Optional.of(partitions), Optional.empty())
                        .configs(
                                Map.of(
                                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                        Integer.toString(maxMessageBytes)));
        try {
            await(admin.createTopics(List.of(created)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("cannot make the topic " + topic + ": " + rootMessage(e), e);
            }
        }
        awaitLeaders(topic);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    /** A new topic is known before its partitions have leaders, and producers fail till then. */
    private void awaitLeaders(String topic) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                boolean led =
                        describe(topic).partitions().stream()
                                .allMatch(partition -> partition.leader() != null);
                if (led) {
                    return;
                }
                Thread.sleep(50);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        throw new IOException(
                "the new topic " + topic + " has no leader yet: try again, or look at the brokers");
    }

    private TopicDescription describe(String topic) throws ExecutionException, IOException {
        Map<String, TopicDescription> topics =
                await(admin.describeTopics(List.of(topic)).allTopicNames());
        return Objects.requireNonNull(topics.get(topic));
    }

    private <T> T await(KafkaFuture<T> future) throws ExecutionException, IOException {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for Kafka");
    }

    private IOException unreachable(Exception cause) {
        return new IOException(
                "no answer from Kafka at "
                        + connection.bootstrapServers()
                        + " ("
                        + rootMessage(cause)
                        + "): is it running, and is --bootstrap-server right?",
                cause);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}

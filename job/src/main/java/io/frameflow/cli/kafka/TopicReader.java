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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics, all partitions, without a consumer group: what it reads others read too. Not
 * thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> initialEnds;

    private TopicReader(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> initialEnds) {
        this.consumer = consumer;
        this.initialEnds = initialEnds;
    }

    /**
     * Starts reading what is committed.
     *
     * @param topics topics that exist
     * @param fromBeginning whether what is there already is read too
     * @throws IOException if there is no such topic or no answer
     */
    public static TopicReader open(
            KafkaConnection connection, List<String> topics, boolean fromBeginning)
            throws IOException {
        return open(connection, topics, fromBeginning, IsolationLevel.READ_COMMITTED);
    }

    /**
     * Starts reading what is written from now on, without waiting for it to be committed.
     *
     * @param topic a topic that exists
     * @throws IOException if there is no such topic or no answer
     */
    public static TopicReader openUncommitted(KafkaConnection connection, String topic)
            throws IOException {
        return open(connection, List.of(topic), false, IsolationLevel.READ_UNCOMMITTED);
    }

    private static TopicReader open(
            KafkaConnection connection,
            List<String> topics,
            boolean fromBeginning,
            IsolationLevel isolation)
            throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        try (Topics lookup = Topics.connect(connection)) {
            for (String topic : topics) {
                partitions.addAll(partitions(lookup, topic));
            }
        }
        Map<String, Object> properties =
                connection.clientProperties(
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                isolation.toString(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false));
        ByteArrayDeserializer deserializer = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, deserializer, deserializer);
        return started(consumer, partitions, fromBeginning);
    }

    private static List<TopicPartition> partitions(Topics lookup, String topic) throws IOException {
        int count =
                lookup.partitions(topic)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "there is no topic "
                                                        + topic
                                                        + ": is its name right, and was it made?"));
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static TopicReader started(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            boolean fromBeginning)
            throws IOException {
        try {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                ends.forEach(consumer::seek);
            }
            return new TopicReader(consumer, ends);
        } catch (KafkaException e) {
            consumer.close();
            throw unreadable(e);
        }
    }

    /** Waits a moment for records; possibly there are none. */
    public Iterable<ConsumerRecord<byte[], byte[]>> poll() throws IOException {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /** Whether everything has been read that was there when reading started. */
    public boolean hasReachedInitialEnd() {
        return initialEnds.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static IOException unreadable(KafkaException cause) {
        return new IOException("cannot read from Kafka: " + cause.getMessage(), cause);
    }
}

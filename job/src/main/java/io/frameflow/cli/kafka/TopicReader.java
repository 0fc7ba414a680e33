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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic, all partitions, without a consumer group: what it reads others read too. Sees what
 * is committed only. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> initialEnds;

    private TopicReader(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Map<TopicPartition, Long> initialEnds) {
        this.consumer = consumer;
        this.topic = topic;
        this.initialEnds = initialEnds;
    }

    /**
     * Starts reading.
     *
     * @param fromBeginning whether what is there already is read too
     * @throws IOException if there is no such topic or no answer
     */
    public static TopicReader open(KafkaConnection connection, String topic, boolean fromBeginning)
            throws IOException {
        int partitions;
        try (Topics topics = Topics.connect(connection)) {
            partitions =
                    topics.partitions(topic)
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "there is no topic "
                                                            + topic
                                                            + ": is --topic right, and has the job"
                                                            + " made it?"));
        }
        Map<String, Object> properties =
                connection.clientProperties(
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                IsolationLevel.READ_COMMITTED.toString(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false));
        ByteArrayDeserializer deserializer = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, deserializer, deserializer);
        return started(consumer, topic, partitions, fromBeginning);
    }

    private static TopicReader started(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            int partitions,
            boolean fromBeginning)
            throws IOException {
        try {
            Map<TopicPartition, Long> none = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                none.put(new TopicPartition(topic, partition), 0L);
            }
            Collection<TopicPartition> all = List.copyOf(none.keySet());
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            if (fromBeginning) {
                consumer.seekToBeginning(all);
            } else {
                ends.forEach(consumer::seek);
            }
            return new TopicReader(consumer, topic, ends);
        } catch (KafkaException e) {
            consumer.close();
            throw new IOException("cannot read the topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** Waits a moment for records; possibly there are none. */
    public Iterable<ConsumerRecord<byte[], byte[]>> poll() throws IOException {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw new IOException("cannot read the topic " + topic + ": " + e.getMessage(), e);
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
}

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
package io.frameflow.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed on topics, from their beginnings. Messages of open and of aborted
 * transactions are not seen.
 */
final class CommittedTopics {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final List<String> topics;

    CommittedTopics(String bootstrapServers, String... topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = List.of(topics);
    }

    /**
     * Hands on every message up to the present ends, in order within its partition.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be asked
     */
    void forEach(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(assignAll(consumer));
            while (!reached(consumer, ends)) {
                consumer.poll(POLL).forEach(action);
            }
        }
    }

    /**
     * Counts messages until there are enough or the time is over.
     *
     * @return their number; below {@code enough} if the time is over
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be asked
     */
    long awaitCount(long enough, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            assignAll(consumer);
            while (count < enough && System.nanoTime() < deadline) {
                count += consumer.poll(POLL).count();
            }
        }
        return count;
    }

    private List<TopicPartition> assignAll(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private static boolean reached(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Map<String, Object> properties() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }
}

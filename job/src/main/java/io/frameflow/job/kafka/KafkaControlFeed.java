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

import io.frameflow.job.config.KafkaSettings;
import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.ControlMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Control messages from a Kafka topic. Progress is Flink's, so it has no consumer group. */
public final class KafkaControlFeed implements ControlFeed {
    private static final long serialVersionUID = 1;
    private static final CloseOptions CLOSING = CloseOptions.timeout(Duration.ofSeconds(1));

    private final Properties properties;
    private final String topic;

    /** The topic of this name on the cluster of the settings. */
    public KafkaControlFeed(KafkaSettings settings, String topic) {
        this.properties = ClientProperties.control(settings);
        this.topic = topic;
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public Reader open(Map<Integer, Long> positions, long sinceMillis) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes);
        boolean isReady = false;
        try {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            if (positions.isEmpty()) {
                seek(consumer, partitions, sinceMillis);
            } else {
                seek(consumer, partitions, positions);
            }
            KafkaReader reader = new KafkaReader(consumer, partitions);
            isReady = true;
            return reader;
        } finally {
            if (!isReady) {
                consumer.close(CLOSING);
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("the topic '" + topic + "' does not exist");
        }
        return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            long sinceMillis) {
        // The end before the question: what comes in between must not be skipped.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, sinceMillis));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = offsets.get(partition);
            consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
        }
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<Integer, Long> positions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition.partition());
            // Behind the end: the topic was deleted and made anew.
            if (position == null || position > ends.getOrDefault(partition, 0L)) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, position);
            }
        }
    }

    private static final class KafkaReader implements Reader {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Map<Integer, Long> positions = new HashMap<>();

        KafkaReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
            this.consumer = consumer;
            partitions.forEach(
                    partition ->
                            positions.put(partition.partition(), consumer.position(partition)));
        }

        @Override
        public Map<Integer, Long> positions() {
            return Map.copyOf(positions);
        }

        @Override
        public List<ControlMessage> poll(Duration timeout) {
            List<ControlMessage> messages = new ArrayList<>();
            try {
                for (ConsumerRecord<byte[], byte @Nullable []> record : consumer.poll(timeout)) {
                    messages.add(
                            new ControlMessage(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    record.value()));
                }
            } catch (WakeupException e) {
                // It was asked to come back.
            }
            return messages;
        }

        @Override
        public void wakeUp() {
            consumer.wakeup();
        }

        @Override
        public void close() {
            consumer.close(CLOSING);
        }
    }
}

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

import io.frameflow.schema.codec.RecordCodec;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes Kafka records of Avro records. Equal input gives equal key, value and partition, so that
 * what comes twice after a failure can be told.
 *
 * <p>Records carry the time of writing, set by Kafka: with the frame's own time, the results of old
 * frames would be deleted at once by the topic's retention, and a camera whose clock is wrong would
 * have its results refused.
 *
 * @param <T> the generated record class
 */
final class KeyedRecordSerializer<T extends SpecificRecord>
        implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private final String topic;
    private final Class<T> type;
    private final SerializableFunction<T, byte @Nullable []> key;
    private final SerializableFunction<T, Integer> spread;
    private transient RecordCodec<T> codec;

    /**
     * A serializer.
     *
     * @param topic topic to write to
     * @param type class of the records
     * @param key the record's key; records with equal keys share a partition
     * @param spread a number from 0 that chooses the partition of a record without a key
     */
    KeyedRecordSerializer(
            String topic,
            Class<T> type,
            SerializableFunction<T, byte @Nullable []> key,
            SerializableFunction<T, Integer> spread) {
        this.topic = topic;
        this.type = type;
        this.key = key;
        this.spread = spread;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        codec = RecordCodec.forType(type);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, @Nullable Long timestamp) {
        byte[] keyBytes = key.apply(element);
        Integer partition = null;
        if (keyBytes == null) {
            int[] partitions = context.getPartitionsForTopic(topic);
            partition = partitions[spread.apply(element) % partitions.length];
        }
        return new ProducerRecord<>(topic, partition, keyBytes, codec.encode(element));
    }

    /** The exactly-once sink asks for the topic, to find the transactions that were left open. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(
                        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}

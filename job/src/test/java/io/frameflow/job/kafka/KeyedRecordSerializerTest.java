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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedRecordSerializerTest {
    private static final int[] PARTITIONS = {0, 1, 2};

    @Test
    void aRecordWithAKeyLeavesItsPartitionToTheKey() throws Exception {
        DeadLetter letter = letter(5);
        ProducerRecord<byte[], byte[]> record = serialize("camera", letter);

        assertThat(record.topic()).isEqualTo("letters");
        assertThat(record.key()).isEqualTo("camera".getBytes(StandardCharsets.UTF_8));
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(RecordCodec.forDeadLetter().decode(record.value())).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 0", "5, 2"})
    void aRecordWithoutAKeyGoesWhereItsSourceSays(int source, int partition) {
        assertThat(serialize(null, letter(source)).partition()).isEqualTo(partition);
    }

    @Test
    void theTopicIsKnownBeforehand() {
        assertThat(serializer(null).getKafkaDatasetFacet())
                .map(KafkaDatasetFacet::getTopicIdentifier)
                .contains(DefaultKafkaDatasetIdentifier.ofTopics(List.of("letters")));
    }

    private static ProducerRecord<byte[], byte[]> serialize(String key, DeadLetter letter) {
        KeyedRecordSerializer<DeadLetter> serializer = serializer(key);
        serializer.open(null, new Context());
        return serializer.serialize(letter, new Context(), 1234L);
    }

    private static KeyedRecordSerializer<DeadLetter> serializer(String key) {
        return new KeyedRecordSerializer<>(
                "letters",
                DeadLetter.class,
                record -> key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                DeadLetter::getSourcePartition);
    }

    private static DeadLetter letter(int sourcePartition) {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(sourcePartition)
                .setSourceOffset(7)
                .setSourceTimestampMs(8)
                .setStage("envelope")
                .setCode("NO_VALUE")
                .setMessage("there is none")
                .setPayloadSize(-1)
                .build();
    }

    private static final class Context implements KafkaSinkContext {
        @Override
        public int getParallelInstanceId() {
            return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
            return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
            return PARTITIONS;
        }
    }
}

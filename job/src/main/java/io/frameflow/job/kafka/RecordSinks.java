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
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.jspecify.annotations.Nullable;

/** Makes the sinks. */
public final class RecordSinks {

    /** Of records that are always far below what a producer has room for. */
    private static final long SMALL = 0;

    private RecordSinks() {}

    /**
     * Results, by camera.
     *
     * @param maxResultSize most bytes of one
     */
    public static KafkaSink<FrameDetections> detections(KafkaSettings settings, int maxResultSize) {
        return sink(
                settings,
                "detections",
                maxResultSize,
                new KeyedRecordSerializer<>(
                        settings.topics().detections(),
                        FrameDetections.class,
                        record -> bytes(record.getCameraId()),
                        FrameDetections::getSourcePartition));
    }

    /**
     * Dead letters, by the key that the message had.
     *
     * @param maxPayloadSize most bytes of a message that one may have
     */
    public static KafkaSink<DeadLetter> deadLetters(KafkaSettings settings, int maxPayloadSize) {
        return sink(
                settings,
                "dead-letters",
                maxPayloadSize,
                new KeyedRecordSerializer<>(
                        settings.topics().deadLetters(),
                        DeadLetter.class,
                        record -> bytes(record.getSourceKey()),
                        DeadLetter::getSourcePartition));
    }

    /** Track events, by camera. */
    public static KafkaSink<TrackEvent> events(KafkaSettings settings) {
        return sink(
                settings,
                "events",
                SMALL,
                new KeyedRecordSerializer<>(
                        settings.topics().events(),
                        TrackEvent.class,
                        record -> bytes(record.getCameraId()),
                        record -> 0));
    }

    /** Acknowledgements of control messages, by camera, on the topic of events. */
    public static KafkaSink<ControlAcknowledgement> acknowledgements(KafkaSettings settings) {
        return sink(
                settings,
                "acknowledgements",
                SMALL,
                new KeyedRecordSerializer<>(
                        settings.topics().events(),
                        ControlAcknowledgement.class,
                        record -> record.getCameraId() == null ? null : bytes(record.getCameraId()),
                        record -> 0));
    }

    private static <T extends SpecificRecord> KafkaSink<T> sink(
            KafkaSettings settings,
            String name,
            long largestRecord,
            KeyedRecordSerializer<T> serializer) {
        KafkaSinkBuilder<T> builder =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(ClientProperties.producer(settings, largestRecord))
                        .setBootstrapServers(settings.bootstrapServers())
                        .setDeliveryGuarantee(settings.sink().guarantee())
                        .setRecordSerializer(serializer);
        // The sink takes every transaction whose id begins with its prefix for its own. The name
        // behind it keeps this job's sinks apart, and jobs whose prefixes begin alike.
        settings.sink()
                .transactionalIdPrefix()
                .ifPresent(prefix -> builder.setTransactionalIdPrefix(prefix + "-" + name));
        // Names are used again, so that brokers need not remember new ones with each checkpoint.
        return builder.setTransactionNamingStrategy(TransactionNamingStrategy.POOLING).build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

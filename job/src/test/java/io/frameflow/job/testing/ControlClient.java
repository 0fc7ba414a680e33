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
package io.frameflow.job.testing;

import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sends control messages and hears what becomes of them, also before it is committed: who moves a
 * slider does not wait for a checkpoint. Not thread-safe.
 */
public final class ControlClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<Control> codec = RecordCodec.forControl();
    private final RecordCodec<ControlAcknowledgement> acknowledgements =
            RecordCodec.forControlAcknowledgement();
    private final Map<String, ControlAcknowledgement> heard = new LinkedHashMap<>();
    private final List<ControlAcknowledgement> nameless = new ArrayList<>();

    /** A client between two topics; it hears from now on. */
    public ControlClient(KafkaBroker broker, String topic, String events) {
        this.topic = topic;
        this.producer = broker.producer();
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_uncommitted"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(events).stream()
                        .map(info -> new TopicPartition(events, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** A message that changes nothing yet. */
    public static Control.Builder message(String id) {
        return Control.newBuilder().setControlId(id).setIssuedAtUs(1);
    }

    /** Sends a message; gives its id. */
    public String send(Control.Builder message) {
        Control control = message.build();
        send(codec.encode(control));
        return control.getControlId();
    }

    /** Sends any bytes, or none. */
    public void send(byte[] value) {
        var unused =
                producer.send(
                        new ProducerRecord<>(topic, "key".getBytes(StandardCharsets.UTF_8), value));
    }

    /** What has become of a message so far; null where that is not known. */
    public ControlAcknowledgement now(String id) {
        poll(Duration.ZERO);
        return heard.get(id);
    }

    /** Waits until it is known what has become of a message. */
    public ControlAcknowledgement await(String id) {
        producer.flush();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!heard.containsKey(id)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no acknowledgement of " + id);
            }
            poll(Duration.ofMillis(50));
        }
        return heard.get(id);
    }

    /** Waits for acknowledgements of messages whose ids could not be read. */
    public List<ControlAcknowledgement> awaitNameless(int count) {
        producer.flush();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (nameless.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(nameless.size() + " acknowledgements, not " + count);
            }
            poll(Duration.ofMillis(50));
        }
        return nameless;
    }

    private void poll(Duration timeout) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            try {
                ControlAcknowledgement heardNow = acknowledgements.decode(record.value());
                if (heardNow.getControlId() == null) {
                    nameless.add(heardNow);
                } else {
                    heard.put(heardNow.getControlId(), heardNow);
                }
            } catch (RecordDecodingException e) {
                // A track event.
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}

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

import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a control message to a running job and hears what became of it. It does not wait for a
 * checkpoint: an acknowledgement is read before it is committed. Not thread-safe.
 */
public final class ControlChannel implements AutoCloseable {
    private final String topic;
    private final TopicReader events;
    private final Producer<byte[], byte[]> producer;
    private final RecordCodec<ControlAcknowledgement> codec =
            RecordCodec.forControlAcknowledgement();

    private ControlChannel(String topic, TopicReader events, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.events = events;
        this.producer = producer;
    }

    /**
     * Connects; acknowledgements are heard from now on.
     *
     * @param topic topic of control messages, which must exist
     * @param eventsTopic topic of events, which must exist
     * @throws IOException if there is no such topic or no answer
     */
    public static ControlChannel connect(
            KafkaConnection connection, String topic, String eventsTopic) throws IOException {
        try (Topics topics = Topics.connect(connection)) {
            if (topics.partitions(topic).isEmpty()) {
                throw new IOException(
                        "there is no topic "
                                + topic
                                + ": make it with one partition, and run the job with"
                                + " kafka.topics.control: "
                                + topic);
            }
        }
        TopicReader events = TopicReader.openUncommitted(connection, eventsTopic);
        ByteArraySerializer serializer = new ByteArraySerializer();
        try {
            return new ControlChannel(
                    topic,
                    events,
                    new KafkaProducer<>(
                            connection.clientProperties(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
                            serializer,
                            serializer));
        } catch (KafkaException e) {
            events.close();
            throw unsent(topic, e);
        }
    }

    /** Sends a message, and waits until it is in the topic. */
    public void send(Control message) throws IOException, InterruptedException {
        String camera = message.getCameraId();
        byte[] key = camera == null ? null : camera.getBytes(StandardCharsets.UTF_8);
        byte[] value = RecordCodec.forControl().encode(message);
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException e) {
            throw unsent(topic, e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw unsent(topic, e);
        }
    }

    /**
     * Waits for what became of a message.
     *
     * @param isCancelled asked every few tenths of a second
     * @return empty if nothing was heard in time, or it was cancelled
     */
    public Optional<ControlAcknowledgement> await(
            String controlId, Duration patience, BooleanSupplier isCancelled) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline && !isCancelled.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : events.poll()) {
                ControlAcknowledgement heard = acknowledgement(record.value());
                if (heard != null && controlId.equals(heard.getControlId())) {
                    return Optional.of(heard);
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable ControlAcknowledgement acknowledgement(byte @Nullable [] value) {
        try {
            return value != null && codec.isOfThisKind(value) ? codec.decode(value) : null;
        } catch (RecordDecodingException e) {
            // Whatever it is, it is not what is waited for.
            return null;
        }
    }

    @Override
    public void close() {
        producer.close();
        events.close();
    }

    private static IOException unsent(String topic, Throwable cause) {
        return new IOException("cannot write to " + topic + ": " + cause.getMessage(), cause);
    }
}

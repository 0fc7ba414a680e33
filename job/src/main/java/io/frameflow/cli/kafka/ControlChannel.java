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
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends a control message to a running job and hears what became of it. It does not wait for a
 * checkpoint: an acknowledgement is read before it is committed. Not thread-safe.
 */
public final class ControlChannel implements AutoCloseable {
    private final TopicReader events;
    private final ControlSender sender;
    private final RecordCodec<ControlAcknowledgement> codec =
            RecordCodec.forControlAcknowledgement();

    private ControlChannel(TopicReader events, ControlSender sender) {
        this.events = events;
        this.sender = sender;
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
        return new ControlChannel(
                TopicReader.openUncommitted(connection, eventsTopic),
                new ControlSender(connection, topic));
    }

    /** Sends a message, and waits until it is in the topic. */
    public void send(Control message) throws IOException {
        sender.send(message);
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
        sender.close();
        events.close();
    }
}

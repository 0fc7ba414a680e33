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
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to the control topic. Thread-safe. */
public final class ControlSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSender.class);
    private static final int ANSWER_MILLIS = 4000;

    private final KafkaConnection connection;
    private final String topic;
    private final RecordCodec<Control> codec = RecordCodec.forControl();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** A sender to a topic. */
    public ControlSender(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
    }

    /**
     * Connects and looks the topic up, so that the first change does not wait for that. Where the
     * topic is not there yet, the change says so.
     */
    public void prepare() {
        try {
            var unused = producer().partitionsFor(topic);
        } catch (KafkaException e) {
            LOG.info("The topic '{}' cannot be written to yet: {}", topic, e.getMessage());
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> current = producer == null ? connect() : producer;
        producer = current;
        return current;
    }

    /**
     * Sends a change and returns when it is on its topic.
     *
     * @throws IOException if it could not be sent, with the reason for a person
     */
    public void send(Control control) throws IOException {
        String camera = control.getCameraId();
        byte[] key = camera == null ? null : camera.getBytes(StandardCharsets.UTF_8);
        try {
            var unused =
                    producer()
                            .send(new ProducerRecord<>(topic, key, encoded(control)))
                            .get(2 * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private synchronized byte[] encoded(Control control) {
        return codec.encode(control);
    }

    private KafkaProducer<byte[], byte[]> connect() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaProducer<>(
                connection.clientProperties(
                        Map.of(
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                ANSWER_MILLIS,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS)),
                bytes,
                bytes);
    }

    private IOException failed(Throwable cause) {
        return new IOException(
                "the change could not be written to the topic '"
                        + topic
                        + "' ("
                        + cause.getMessage()
                        + "): make it, and set the job's kafka.topics.control",
                cause);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}

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
package io.frameflow.cli.publish;

import io.frameflow.cli.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends encoded frames to a topic and counts those that Kafka has acknowledged. After the first
 * failure it sends no more. Thread-safe.
 */
public final class FrameProducer implements AutoCloseable {
    /** The topic's limit is to decide, not the client's: 64 MiB is above any sensible topic's. */
    private static final int MAX_REQUEST_BYTES = 64 << 20;

    private static final long BUFFER_BYTES = 128L << 20;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    FrameProducer(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** A producer that writes each frame once, in the order of sending, also when it retries. */
    public static FrameProducer connect(KafkaConnection connection, String topic) {
        Map<String, Object> properties =
                connection.clientProperties(
                        Map.of(
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                MAX_REQUEST_BYTES,
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                BUFFER_BYTES));
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        ByteArraySerializer serializer = new ByteArraySerializer();
        return new FrameProducer(new KafkaProducer<>(properties, serializer, serializer), topic);
    }

    /**
     * Sends a frame; waits while the buffer is full.
     *
     * @throws IOException if this or an earlier frame could not be sent
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
    void send(String cameraId, long sequence, byte[] value) throws IOException {
        throwFailure();
        byte[] key = cameraId.getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(
                    new ProducerRecord<>(topic, key, value),
                    (metadata, exception) ->
                            acknowledge(cameraId, sequence, value.length, exception));
        } catch (KafkaException e) {
            throw explain(cameraId, sequence, value.length, e);
        }
    }

    private void acknowledge(
            String cameraId, long sequence, int size, @Nullable Exception exception) {
        if (exception == null) {
            frames.increment();
            bytes.add(size);
        } else {
            failure.compareAndSet(null, explain(cameraId, sequence, size, exception));
        }
    }

    /** Frames that Kafka has acknowledged. */
    public long frames() {
        return frames.sum();
    }

    /** Bytes of the values that Kafka has acknowledged. */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * Waits until all frames are acknowledged.
     *
     * @throws IOException if one of them could not be sent
     */
    void flush() throws IOException {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private void throwFailure() throws IOException {
        IOException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private IOException explain(String cameraId, long sequence, int size, Exception exception) {
        String frame = "frame " + sequence + " of " + cameraId;
        if (exception instanceof RecordTooLargeException) {
            return new IOException(
                    String.format(
                            "%s has %,d bytes, more than the topic %s takes: raise max.message.bytes"
                                    + " of the topic, or make the frames smaller with --resize,"
                                    + " --quality or --encoding jpeg",
                            frame, size, topic),
                    exception);
        }
        return new IOException(
                "cannot publish " + frame + " to " + topic + ": " + exception.getMessage(),
                exception);
    }
}

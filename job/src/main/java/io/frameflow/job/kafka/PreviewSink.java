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
import io.frameflow.schema.Preview;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes pictures to look at, as far as Kafka takes them at once. The sinks of results wait for
 * Kafka and fail the job when it does not answer; pictures must do neither. What cannot be sent is
 * left out, counted as Flink's {@code numRecordsSendErrors} and logged once a minute.
 */
public final class PreviewSink implements Sink<Preview> {
    private static final Logger LOG = LoggerFactory.getLogger(PreviewSink.class);

    /** Room for what is on its way to the broker, for each subtask. */
    private static final int BUFFER_BYTES = 16 << 20;

    private static final int DELIVERY_MILLIS = 5000;
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Properties properties;
    private final String topic;

    /** A sink to a topic. */
    public PreviewSink(KafkaSettings settings, String topic) {
        this.properties = properties(settings);
        this.topic = topic;
    }

    private static Properties properties(KafkaSettings settings) {
        Properties properties = ClientProperties.producer(settings, 0);
        properties.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "1");
        // A full buffer and an unknown topic are answered at once, not waited for.
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "0");
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(BUFFER_BYTES));
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.setProperty(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_MILLIS));
        properties.setProperty(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_MILLIS));
        return properties;
    }

    @Override
    public SinkWriter<Preview> createWriter(WriterInitContext context) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Writer(
                topic,
                new KafkaProducer<>(properties, bytes, bytes),
                context.metricGroup().getNumRecordsSendErrorsCounter());
    }

    /** Used by the thread of the task, but for {@link #failed}. */
    private static final class Writer implements SinkWriter<Preview> {
        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;
        private final Counter errors;
        private final RecordCodec<Preview> codec = RecordCodec.forPreview();
        private final AtomicLong uncounted = new AtomicLong();
        private final AtomicLong loggedNanos =
                new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

        Writer(String topic, KafkaProducer<byte[], byte[]> producer, Counter errors) {
            this.topic = topic;
            this.producer = producer;
            this.errors = errors;
        }

        @Override
        public void write(Preview preview, Context context) {
            byte[] key = preview.getCameraId().getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> picture =
                    new ProducerRecord<>(topic, key, codec.encode(preview));
            var unused = producer.send(picture, (metadata, failure) -> failed(failure));
            errors.inc(uncounted.getAndSet(0));
        }

        /** Called by this thread or the producer's. */
        private void failed(@Nullable Exception failure) {
            if (failure == null) {
                return;
            }
            uncounted.incrementAndGet();
            long now = System.nanoTime();
            long logged = loggedNanos.get();
            if (now - logged >= LOG_INTERVAL_NANOS && loggedNanos.compareAndSet(logged, now)) {
                LOG.warn("Pictures for the topic '{}' are left out: {}", topic, failure.toString());
            }
        }

        /** A checkpoint does not wait for pictures; the end of the input does, for a moment. */
        @Override
        public void flush(boolean endOfInput) {
            if (endOfInput) {
                producer.flush();
            }
        }

        @Override
        public void close() {
            producer.close(CLOSING);
        }
    }
}

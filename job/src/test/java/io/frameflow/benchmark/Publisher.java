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
package io.frameflow.benchmark;

import io.frameflow.schema.Frame;
import io.frameflow.schema.codec.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes frames with several producers, which share the cameras. */
final class Publisher {
    private final String bootstrapServers;
    private final FrameSupply frames;
    private final int cameras;
    private final int producers;

    /** Says when a frame is captured, having waited until then. */
    @FunctionalInterface
    interface Clock {
        /** Capture time of frame {@code number} in microseconds since 1970. */
        long captureTimeMicros(long number) throws InterruptedException;
    }

    /** Is told of each frame that the broker has, by the threads of the producers. */
    @FunctionalInterface
    interface Acknowledged {
        void acknowledged(long number);
    }

    Publisher(String bootstrapServers, FrameSupply frames, int cameras, int producers) {
        this.bootstrapServers = bootstrapServers;
        this.frames = frames;
        this.cameras = cameras;
        this.producers = Math.min(producers, cameras);
    }

    /**
     * Publishes frames and returns when the broker has all of them.
     *
     * @param lingerMillis how long a producer waits for more to send together
     */
    void publish(String topic, long count, Clock clock, Acknowledged acknowledged, int lingerMillis)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(producers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                int producer = i;
                running.add(
                        threads.submit(
                                () -> {
                                    publishShare(
                                            producer,
                                            topic,
                                            count,
                                            clock,
                                            acknowledged,
                                            lingerMillis);
                                    return null;
                                }));
            }
            for (Future<?> producer : running) {
                producer.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Publishes the frames of every so many-th camera. */
    private void publishShare(
            int share,
            String topic,
            long count,
            Clock clock,
            Acknowledged acknowledged,
            int lingerMillis)
            throws Exception {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "batch.size",
                        1 << 20,
                        "max.request.size",
                        16 << 20,
                        "buffer.memory",
                        128L << 20,
                        "linger.ms",
                        lingerMillis);
        RecordCodec<Frame> codec = RecordCodec.forFrame();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long number = 0; number < count && failure.get() == null; number++) {
                if (number % cameras % producers == share) {
                    long captureTime = clock.captureTimeMicros(number);
                    long sent = number;
                    var unused =
                            producer.send(
                                    frames.message(topic, number, captureTime, codec),
                                    (metadata, e) -> {
                                        failure.compareAndSet(null, e);
                                        acknowledged.acknowledged(sent);
                                    });
                }
            }
        }
        Exception e = failure.get();
        if (e != null) {
            throw e;
        }
    }
}

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

import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes frames as cameras do: key is the camera, sequences rise by one. Not thread-safe. */
public final class FramePublisher implements AutoCloseable {
    /** Session of all frames. */
    public static final String SESSION = "session-1";

    private static final long FIRST_CAPTURE_US = 1_790_000_000_000_000L;
    private static final long FRAME_INTERVAL_US = 40_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordCodec<Frame> codec = RecordCodec.forFrame();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    /** A publisher to a topic. */
    public FramePublisher(KafkaBroker broker, String topic) {
        this.topic = topic;
        this.producer = broker.producer();
    }

    /** A frame with a picture of a few bytes, for pipelines that do not look at it. */
    public static Frame frame(String camera, long sequence) {
        return Frame.newBuilder()
                .setCameraId(camera)
                .setSession(SESSION)
                .setSequence(sequence)
                .setCaptureTimeUs(FIRST_CAPTURE_US + sequence * FRAME_INTERVAL_US)
                .setEncoding(FrameEncoding.JPEG)
                .setImage(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2}))
                .build();
    }

    /** Publishes a frame. */
    public void publish(Frame frame) {
        send(frame.getCameraId().getBytes(StandardCharsets.UTF_8), codec.encode(frame));
    }

    /**
     * Publishes one frame of each camera for each sequence from {@code from} to below {@code to}.
     */
    public void publish(List<String> cameras, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            for (String camera : cameras) {
                publish(frame(camera, sequence));
            }
        }
    }

    /** Publishes any message. */
    public void send(byte[] key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    /** Publishes any message and waits until it is in the topic; gives its partition and offset. */
    public String sendAndLocate(byte[] key, byte[] value) throws Exception {
        RecordMetadata metadata = producer.send(new ProducerRecord<>(topic, key, value)).get();
        return metadata.partition() + "@" + metadata.offset();
    }

    /** Waits until everything is in the topic. */
    public void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        sent.clear();
    }

    @Override
    public void close() throws Exception {
        flush();
        producer.close();
    }
}

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

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A client in a process of its own that publishes frames at an even pace and reads their results.
 *
 * <p>A frame's capture time is the moment at which it was due. So a publisher that cannot keep pace
 * makes latencies longer, not shorter.
 */
public final class LiveLoad {
    private static final int WARM_UP_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final double framesPerSecond;
    private final int frames;
    private final int warmUpFrames;
    private final long[] publishedMicros;
    private final long startNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    private final long startMicros =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plusSeconds(1));

    private LiveLoad(String bootstrapServers, double framesPerSecond, int seconds) {
        this.bootstrapServers = bootstrapServers;
        this.framesPerSecond = framesPerSecond;
        this.warmUpFrames = (int) (framesPerSecond * WARM_UP_SECONDS);
        this.frames = warmUpFrames + (int) (framesPerSecond * seconds);
        this.publishedMicros = new long[frames];
    }

    /**
     * Arguments: bootstrap servers, frames topic, detections topic, dead letters topic, frames a
     * second, seconds, cameras, publishers, file for the latencies of results in microseconds, file
     * for those of acknowledgements, bytes of a random picture or 0, path of pictures if 0.
     */
    public static void main(String[] arguments) throws Exception {
        FrameSupply supply =
                new FrameSupply(
                        FrameSupply.pictures(
                                arguments.length > 11 ? Path.of(arguments[11]) : null,
                                Integer.parseInt(arguments[10])),
                        Integer.parseInt(arguments[6]));
        Publisher publisher =
                new Publisher(
                        arguments[0],
                        supply,
                        Integer.parseInt(arguments[6]),
                        Integer.parseInt(arguments[7]));
        LiveLoad load =
                new LiveLoad(
                        arguments[0],
                        Double.parseDouble(arguments[4]),
                        Integer.parseInt(arguments[5]));
        long[] latencies = load.run(publisher, arguments[1], arguments[2], arguments[3]);
        write(Path.of(arguments[8]), latencies);
        write(
                Path.of(arguments[9]),
                Arrays.copyOfRange(load.publishedMicros, load.warmUpFrames, load.frames));
    }

    private static void write(Path file, long[] micros) throws IOException {
        Files.writeString(
                file,
                Arrays.stream(micros).mapToObj(Long::toString).collect(Collectors.joining("\n")));
    }

    private long[] run(Publisher publisher, String framesTopic, String detections, String letters)
            throws Exception {
        CompletableFuture<Void> publishing =
                CompletableFuture.runAsync(() -> publish(publisher, framesTopic));
        long[] latencies = readResults(detections, letters, publishing);
        publishing.get();
        return latencies;
    }

    private void publish(Publisher publisher, String topic) {
        try {
            publisher.publish(topic, frames, this::awaitDue, this::acknowledged, 0);
        } catch (InterruptedException | ExecutionException e) {
            throw new CompletionException(e);
        }
    }

    private long awaitDue(long number) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(startNanos + offsetNanos(number) - System.nanoTime());
        return startMicros + offsetNanos(number) / 1000;
    }

    private long offsetNanos(long number) {
        return (long) (number / framesPerSecond * 1e9);
    }

    /** Each frame has a place of its own; what is there is read once all publishers have ended. */
    private void acknowledged(long number) {
        long due = startNanos + offsetNanos(number);
        publishedMicros[(int) number] = (System.nanoTime() - due) / 1000;
    }

    private long[] readResults(
            String detections, String letters, CompletableFuture<Void> publishing)
            throws Exception {
        RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();
        LongStream.Builder latencies = LongStream.builder();
        int read = 0;
        long warm = startMicros + TimeUnit.SECONDS.toMicros(WARM_UP_SECONDS);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(detections, letters)) {
            long last = System.nanoTime();
            while (read < frames) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    long now = startMicros + (System.nanoTime() - startNanos) / 1000;
                    last = System.nanoTime();
                    read++;
                    if (record.topic().equals(letters)) {
                        throw new IllegalStateException("there are dead letters");
                    }
                    long captured = codec.decode(record.value()).getCaptureTimeUs();
                    if (captured >= warm) {
                        latencies.add(now - captured);
                    }
                }
                if (publishing.isCompletedExceptionally()
                        || System.nanoTime() - last > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            read + " results of " + frames + " frames, and no more come");
                }
            }
        }
        return latencies.build().toArray();
    }

    private KafkaConsumer<byte[], byte[]> consumer(String... topics) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                Stream.of(topics)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}

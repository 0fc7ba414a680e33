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
package io.frameflow.cli.view.feed;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.view.board.LiveBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a job writes from now on, without a consumer group, and brings it to the board. Topics
 * that do not exist yet are waited for; a Kafka that goes away is waited for too.
 *
 * <p>Reads what is not committed yet: with exactly-once delivery results would otherwise be as old
 * as the last checkpoint. What a failure takes back has then been seen once too often.
 */
public final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long RETRY_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 8000;

    /** Who is so many records behind is not live: what lies between is left out. */
    private static final long MOST_BEHIND = 5000;

    private final KafkaConnection connection;
    private final ViewTopics topics;
    private final LiveBoard board;
    private final RecordReader reader;
    private final Thread thread = new Thread(this::run, "frameflow-live-feed");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

    private LiveFeed(KafkaConnection connection, ViewTopics topics, LiveBoard board) {
        this.connection = connection;
        this.topics = topics;
        this.board = board;
        this.reader = new RecordReader(topics, board);
    }

    /** Starts reading, on a thread of its own. */
    public static LiveFeed start(KafkaConnection connection, ViewTopics topics, LiveBoard board) {
        LiveFeed feed = new LiveFeed(connection, topics, board);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    @Override
    public void close() {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(ANSWER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopped()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                // Only close() wakes it up.
            } catch (KafkaException e) {
                LOG.warn("No records come from Kafka", e);
                board.setProblem(
                        "no records come from Kafka at "
                                + connection.bootstrapServers()
                                + " ("
                                + e.getMessage()
                                + "): is it running, and is --bootstrap-server right?");
                pause();
            }
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits a moment before the next attempt, or until it is stopped. */
    private void pause() {
        try {
            var unused = stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(
                connection.clientProperties(
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                IsolationLevel.READ_UNCOMMITTED.toString(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "latest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                50,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS,
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS)),
                bytes,
                bytes);
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        boolean first = true;
        long lookedNanos = System.nanoTime() - LOOK_NANOS;
        while (!isStopped()) {
            if (System.nanoTime() - lookedNanos >= LOOK_NANOS) {
                look(consumer, first);
                first = false;
                lookedNanos = System.nanoTime();
            }
            if (consumer.assignment().isEmpty()) {
                pause();
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                reader.read(record);
            }
        }
    }

    /** Finds topics and partitions that are new, and leaves out what is too old to be live. */
    private void look(KafkaConsumer<byte[], byte[]> consumer, boolean first) {
        Set<TopicPartition> known = new HashSet<>(consumer.assignment());
        List<TopicPartition> added = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String topic : topics.read()) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                missing.add(topic);
                continue;
            }
            for (PartitionInfo partition : partitions) {
                TopicPartition place = new TopicPartition(topic, partition.partition());
                if (known.add(place)) {
                    added.add(place);
                }
            }
        }
        if (!added.isEmpty()) {
            consumer.assign(known);
            // All of a topic that was made just now is live.
            if (first) {
                consumer.seekToEnd(added);
            } else {
                consumer.seekToBeginning(added);
            }
        }
        List<TopicPartition> behind =
                known.stream()
                        .filter(place -> consumer.currentLag(place).orElse(0) > MOST_BEHIND)
                        .toList();
        if (!behind.isEmpty()) {
            consumer.seekToEnd(behind);
        }
        board.setProblem(missingText(missing));
    }

    private String missingText(List<String> missing) {
        if (missing.isEmpty()) {
            return "";
        }
        if (missing.equals(List.of(topics.preview()))) {
            return "there is no topic '"
                    + topics.preview()
                    + "', so there are no pictures: make it, and set the job's"
                    + " kafka.topics.preview";
        }
        return "there is no topic '" + String.join("', '", missing) + "'";
    }
}

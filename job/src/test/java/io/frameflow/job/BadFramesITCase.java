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
package io.frameflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.BadMessage;
import io.frameflow.job.testing.BadMessages;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.InstantPipelineFactory;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.MemoryInUse;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.TestPictures;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages that are bad in every way among good frames, and looks where each of them
 * ends. Decoding is that of production; only the engine is none.
 */
@ExtendWith(KafkaBrokerExtension.class)
class BadFramesITCase {
    private static final Logger LOG = LoggerFactory.getLogger(BadFramesITCase.class);
    private static final List<String> CAMERAS = List.of("north", "east", "south", "west");
    private static final int GOOD_FRAMES = 1000;
    private static final int ROUNDS = 4;
    private static final int PARTITIONS = 2;
    private static final int MAX_PAYLOAD_BYTES = 512 * 1024;
    private static final long MOST_GROWTH_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static JobCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = JobCluster.start(1);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void everyBadMessageEndsInDeadLettersWithItsOwnCode(KafkaBroker broker) throws Exception {
        List<BadMessage> bad = BadMessages.all();
        assertThat(bad)
                .hasSizeGreaterThanOrEqualTo(20)
                .extracting(BadMessage::kind)
                .doesNotHaveDuplicates();
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        JobID job = cluster.submit(settings(broker, topics), new InstantPipelineFactory(16), 1);

        Map<String, BadMessage> published = publishRound(broker, topics, bad, 0, 1);
        Outcome outcome = Outcome.await(broker, topics, GOOD_FRAMES + bad.size(), PATIENCE);
        cluster.cancel(job);

        assertThat(outcome.deadLetters()).hasSize(bad.size());
        for (DeadLetter letter : outcome.deadLetters()) {
            String message = letter.getSourcePartition() + "@" + letter.getSourceOffset();
            assertThat(published).containsKey(message);
            assertLetterOf(published.get(message), letter);
        }
        assertThat(outcome.recordsByMessage().values()).containsOnly(1);
        assertAllGoodFramesCameOut(outcome.detections());
    }

    @Test
    void memoryDoesNotGrowWithBadMessages(KafkaBroker broker) throws Exception {
        List<BadMessage> bad = BadMessages.all();
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        JobID job = cluster.submit(settings(broker, topics), new InstantPipelineFactory(16), 1);
        int each = GOOD_FRAMES + 4 * bad.size();

        publishRound(broker, topics, bad, 0, 4);
        awaitRecords(broker, topics, each);
        MemoryInUse before = MemoryInUse.afterCollection();
        for (int round = 1; round < ROUNDS; round++) {
            publishRound(broker, topics, bad, round, 4);
        }
        awaitRecords(broker, topics, ROUNDS * each);
        MemoryInUse after = MemoryInUse.afterCollection();
        cluster.cancel(job);

        LOG.info(
                "After {} more rounds of {} messages: {} instead of {}",
                ROUNDS - 1,
                each,
                after,
                before);
        assertThat(after.heapBytes() - before.heapBytes())
                .as("growth of the heap")
                .isLessThan(MOST_GROWTH_BYTES);
        assertThat(after.directBytes() - before.directBytes())
                .as("growth of direct buffers")
                .isLessThan(MOST_GROWTH_BYTES);
    }

    private static void assertLetterOf(BadMessage message, DeadLetter letter) {
        byte[] value = message.value();
        assertThat(letter.getCode())
                .as("%s: %s", message.kind(), letter.getMessage())
                .isEqualTo(message.code().name());
        assertThat(letter.getStage()).as(message.kind()).isEqualTo(message.stage());
        assertThat(letter.getMessage()).as(message.kind()).isNotBlank();
        assertThat(letter.getSourceKey())
                .as(message.kind())
                .isEqualTo(message.key() == null ? null : ByteBuffer.wrap(message.key()));
        boolean kept = value != null && value.length <= MAX_PAYLOAD_BYTES;
        assertThat(letter.getPayload())
                .as(message.kind())
                .isEqualTo(kept ? ByteBuffer.wrap(value) : null);
        assertThat(letter.getPayloadSize())
                .as(message.kind())
                .isEqualTo(value == null ? -1 : value.length);
    }

    private static void assertAllGoodFramesCameOut(List<FrameDetections> detections) {
        Map<String, Integer> frames = new HashMap<>();
        for (FrameDetections record : detections) {
            assertThat(record.getStatus()).isEqualTo(FrameStatus.OBJECTS);
            assertThat(record.getObjects()).hasSize(1);
            frames.merge(record.getCameraId() + "#" + record.getSequence(), 1, Integer::sum);
        }
        assertThat(frames).hasSize(GOOD_FRAMES);
        assertThat(frames.values()).containsOnly(1);
        assertThat(detections)
                .extracting(FrameDetections::getCameraId)
                .containsOnly(CAMERAS.toArray(String[]::new));
    }

    /**
     * Publishes good frames with all bad messages spread between them.
     *
     * @return the bad messages by partition and offset
     */
    private static Map<String, BadMessage> publishRound(
            KafkaBroker broker, JobTopics topics, List<BadMessage> bad, int round, int times)
            throws Exception {
        byte[] jpeg = TestPictures.jpeg(96, 64);
        int framesBetween = GOOD_FRAMES / (bad.size() * times);
        Map<String, BadMessage> published = new HashMap<>();
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            int next = 0;
            for (int i = 0; i < GOOD_FRAMES; i++) {
                String camera = CAMERAS.get(i % CAMERAS.size());
                Frame frame =
                        FramePublisher.frame(
                                camera, (long) (round * GOOD_FRAMES + i) / CAMERAS.size());
                frame.setImage(ByteBuffer.wrap(jpeg));
                publisher.publish(frame);
                while (next < bad.size() * times && next * framesBetween <= i) {
                    BadMessage message = bad.get(next++ % bad.size());
                    published.put(publisher.sendAndLocate(message.key(), message.value()), message);
                }
            }
            assertThat(next).isEqualTo(bad.size() * times);
        }
        return published;
    }

    private static void awaitRecords(KafkaBroker broker, JobTopics topics, int count)
            throws Exception {
        assertThat(
                        broker.awaitCount(
                                List.of(topics.detections(), topics.deadLetters()),
                                count,
                                PATIENCE))
                .isEqualTo(count);
    }

    private static Settings settings(KafkaBroker broker, JobTopics topics) {
        Map<String, String> options = topics.options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("frames.max-message-size", BadMessages.MAX_MESSAGE_BYTES + " b");
        options.put("dead-letters.max-payload-size", MAX_PAYLOAD_BYTES + " b");
        options.put("checkpoints.interval", "500 ms");
        return Settings.from(options);
    }
}

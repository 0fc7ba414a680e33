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
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.InstantPipelineFactory;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.TestPictures;
import io.frameflow.schema.Frame;
import io.frameflow.schema.Preview;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures on a topic of their own, and what becomes of results where that topic is lost. */
@ExtendWith(KafkaBrokerExtension.class)
class PreviewITCase {
    private static final int FRAMES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void someFramesAreShown(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, 1);
        String preview = topics.frames() + "-preview";
        broker.createTopics(1, Map.of(), preview);
        byte[] jpeg = TestPictures.jpeg(96, 64);
        JobID job =
                cluster.submit(
                        settings(broker, topics, preview), new InstantPipelineFactory(16), 1);

        publish(broker, topics, jpeg);
        awaitResults(broker, topics);
        List<ConsumerRecord<byte[], byte[]>> records =
                broker.read(List.of(preview), found -> !found.isEmpty(), PATIENCE);
        cluster.cancel(job);

        // 200 frames of 40 ms have room for 40 pictures of 200 ms; worked off in a moment they are
        // fewer, and only of those that the producer could take at once.
        List<ConsumerRecord<byte[], byte[]>> all = broker.readAll(preview);
        assertThat(records).isNotEmpty();
        assertThat(all).hasSizeBetween(1, 40);
        Preview shown = RecordCodec.forPreview().decode(records.get(0).value());
        assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("gate");
        assertThat(shown.getCameraId()).isEqualTo("gate");
        assertThat(shown.getSource()).isEqualTo(ByteBuffer.wrap(jpeg));
        assertThat(shown.getExamined()).isNull();
        assertThat(shown.getWidth()).isEqualTo(96);
    }

    @Test
    void aTopicThatIsNotThereHoldsNoResultUp(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, 1);
        JobID job =
                cluster.submit(
                        settings(broker, topics, "no-such-preview"),
                        new InstantPipelineFactory(16),
                        1);

        publish(broker, topics, TestPictures.jpeg(96, 64));

        awaitResults(broker, topics);
        cluster.cancel(job);
    }

    private static void publish(KafkaBroker broker, JobTopics topics, byte[] jpeg)
            throws Exception {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                Frame frame = FramePublisher.frame("gate", sequence);
                frame.setImage(ByteBuffer.wrap(jpeg));
                publisher.publish(frame);
                if (sequence == FRAMES / 2) {
                    // The producer of pictures learns of its topic with the first one.
                    Thread.sleep(1500);
                }
            }
        }
    }

    private static void awaitResults(KafkaBroker broker, JobTopics topics) throws Exception {
        assertThat(broker.awaitCount(List.of(topics.detections()), FRAMES, PATIENCE))
                .isEqualTo(FRAMES);
    }

    private static Settings settings(KafkaBroker broker, JobTopics topics, String preview) {
        Map<String, String> options = topics.options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("kafka.topics.preview", preview);
        options.put("checkpoints.interval", "500 ms");
        return Settings.from(options);
    }
}

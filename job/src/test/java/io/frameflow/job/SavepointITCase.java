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
import static org.assertj.core.api.Assertions.tuple;

import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.Scene;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stops jobs and starts them again, from a savepoint and from the topic. */
@ExtendWith(KafkaBrokerExtension.class)
class SavepointITCase {
    private static final List<String> CAMERAS = List.of("north", "east", "south");
    private static final int FRAMES = 150;
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static JobCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = JobCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void aJobGoesOnFromItsSavepointWithMoreSubtasks(KafkaBroker broker, @TempDir Path folder)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        Settings settings = settings(broker, topics, topics.exactlyOnce(broker));
        JobID first = cluster.submit(settings, pipelines(), 1);
        publish(broker, topics, 0, FRAMES);
        cluster.awaitRunning(first);
        String savepoint = cluster.stopWithSavepoint(first, folder);
        publish(broker, topics, FRAMES, 2 * FRAMES);
        JobID second = cluster.submit(settings, pipelines(), 2, savepoint);
        Outcome.await(broker, topics, 2 * FRAMES * CAMERAS.size(), PATIENCE);
        cluster.cancel(second);

        Outcome outcome = Outcome.read(broker, topics);
        assertThat(outcome.recordsByFrame()).hasSize(2 * FRAMES * CAMERAS.size());
        assertThat(outcome.recordsByFrame().values()).containsOnly(1);
        assertThat(outcome.comparableDetections())
                .isEqualTo(undisturbed(broker, topics).comparableDetections());
    }

    @Test
    void aSecondJobFromTheTopicGivesEqualRecordsAgain(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        publish(broker, topics, 0, FRAMES);
        Settings settings = settings(broker, topics, Map.of("kafka.source.bounded", "true"));

        cluster.awaitEnd(cluster.submit(settings, pipelines(), 2));
        Map<String, FrameDetections> first = Outcome.read(broker, topics).comparableDetections();
        cluster.awaitEnd(cluster.submit(settings, pipelines(), 1));
        Outcome both = Outcome.read(broker, topics);

        assertThat(both.recordsByFrame()).hasSize(FRAMES * CAMERAS.size());
        assertThat(both.recordsByFrame().values()).containsOnly(2);
        assertThat(both.comparableDetections()).isEqualTo(first);
    }

    @Test
    void framesAreDeadLettersThatComeTwiceOrTooLateToBePutInOrder(KafkaBroker broker)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            publisher.publish(CAMERAS, 0, 10);
            publisher.publish(List.of("north"), 9, 10);
            publisher.publish(List.of("east"), 20, 30);
            publisher.publish(List.of("east"), 15, 16);
            publisher.publish(List.of("south"), 11, 12);
            publisher.publish(List.of("south"), 10, 11);
        }

        cluster.awaitEnd(
                cluster.submit(
                        settings(broker, topics, Map.of("kafka.source.bounded", "true")),
                        pipelines(),
                        1));

        Outcome outcome = Outcome.read(broker, topics);
        assertThat(outcome.detections()).hasSize(10 * CAMERAS.size() + 12);
        assertThat(outcome.detections())
                .filteredOn(result -> result.getCameraId().equals("south"))
                .extracting(FrameDetections::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
        assertThat(outcome.deadLetters())
                .extracting(DeadLetter::getCameraId, DeadLetter::getSequence, DeadLetter::getCode)
                .containsExactlyInAnyOrder(
                        tuple("north", 9L, "DUPLICATE_FRAME"), tuple("east", 15L, "LATE_FRAME"));
        assertThat(outcome.recordsByMessage()).hasSize(10 * CAMERAS.size() + 14);
        assertThat(outcome.recordsByMessage().values()).containsOnly(1);
    }

    /** No message moves event time on, and the bad frame, which was in order, never comes. */
    @Test
    void theLastFramesBehindABadOneComeOutThoughNothingFollows(KafkaBroker broker)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        int frames = 43;
        assertThat(Scene.isBad(frames - 3)).isTrue();
        publish(broker, topics, 0, frames);
        JobID job =
                cluster.submit(
                        settings(broker, topics, Map.of("tracking.idle-timeout", "1 s")),
                        pipelines(),
                        2);

        Outcome outcome = Outcome.await(broker, topics, frames * CAMERAS.size(), PATIENCE);
        cluster.cancel(job);

        assertThat(outcome.recordsByFrame()).hasSize(frames * CAMERAS.size());
        assertThat(outcome.recordsByFrame().values()).containsOnly(1);
        assertThat(outcome.deadLetters()).hasSize(CAMERAS.size());
    }

    @Test
    void withoutTrackingResultsGoOutAsTheyAre(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        publish(broker, topics, 0, 20);
        publish(broker, topics, 0, 1);

        cluster.awaitEnd(
                cluster.submit(
                        settings(
                                broker,
                                topics,
                                Map.of(
                                        "kafka.source.bounded",
                                        "true",
                                        "tracking.enabled",
                                        "false")),
                        pipelines(),
                        2));

        Outcome outcome = Outcome.read(broker, topics);
        assertThat(outcome.detections())
                .hasSize(21 * CAMERAS.size())
                .allSatisfy(
                        record ->
                                assertThat(record.getObjects())
                                        .allSatisfy(o -> assertThat(o.getTrack()).isNull()));
        assertThat(outcome.deadLetters()).isEmpty();
        assertThat(outcome.events()).isEmpty();
    }

    private static FakePipelineFactory pipelines() {
        return new FakePipelineFactory(8, 2, Duration.ofMillis(1), Scene::examine);
    }

    private static Outcome undisturbed(KafkaBroker broker, JobTopics topics) throws Exception {
        JobTopics others = topics.withOtherOutputs(broker, PARTITIONS);
        cluster.awaitEnd(
                cluster.submit(
                        settings(broker, others, Map.of("kafka.source.bounded", "true")),
                        pipelines(),
                        1));
        return Outcome.read(broker, others);
    }

    private static void publish(KafkaBroker broker, JobTopics topics, long from, long to)
            throws Exception {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            publisher.publish(CAMERAS, from, to);
        }
    }

    private static Settings settings(
            KafkaBroker broker, JobTopics topics, Map<String, String> additions) {
        Map<String, String> options = topics.options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("checkpoints.interval", "300 ms");
        options.putAll(additions);
        return Settings.from(options);
    }
}

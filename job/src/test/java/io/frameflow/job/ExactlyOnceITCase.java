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
import io.frameflow.job.testing.Faults;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.Scene;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets engines fail and TaskManagers vanish at random moments, and compares what was committed with
 * what was published, and with the results of a run that nobody disturbed.
 */
@ExtendWith(KafkaBrokerExtension.class)
class ExactlyOnceITCase {
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceITCase.class);
    private static final List<String> CAMERAS = List.of("north", "east", "south", "west", "gate");
    private static final int FAILURES = 6;
    private static final int FRAMES_BETWEEN_FAILURES = 80;
    private static final int PARTITIONS = 3;
    private static final String ANALYTICS =
            """
                roi-filtering: {roi-left: 0;0;0.5;0;0.5;1;0;1}
                line-crossing: {line-crossing-middle: 0.4;0.5;0.6;0.5;0.5;0;0.5;1, mode: loose}
                overcrowding: {roi-all: 0;0;1;0;1;1;0;1, object-threshold: 3}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private static Path folder;

    private static JobCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = JobCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @ParameterizedTest(name = "unaligned checkpoints: {0}")
    @ValueSource(booleans = {false, true})
    void everyFrameIsCommittedOnceWhateverFails(boolean unaligned, KafkaBroker broker)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        long seed = Long.getLong("frameflow.test.seed", System.nanoTime());
        LOG.info("Failures come by the seed {}: -Dframeflow.test.seed={} repeats them", seed, seed);

        JobID job =
                cluster.submit(
                        exactlyOnce(broker, topics, unaligned),
                        new FakePipelineFactory(
                                8, 2, Duration.ofMillis(4), Faults.before(Scene::examine)),
                        2);
        long frames = publishAmongFailures(broker, topics, job, new Random(seed));
        int messages = (int) frames * CAMERAS.size() + FAILURES;
        Outcome outcome = Outcome.await(broker, topics, messages, PATIENCE);
        cluster.cancel(job);

        Outcome last = Outcome.read(broker, topics);
        assertThat(last.detections()).as("nothing comes later").hasSameSizeAs(outcome.detections());
        assertEveryMessageOnce(last, frames, messages);
        assertEqual(last, undisturbed(broker, topics), seed);
    }

    /** Publishes in the background of failures; gives the number of frames a camera. */
    private static long publishAmongFailures(
            KafkaBroker broker, JobTopics topics, JobID job, Random random) throws Exception {
        Faults.reset();
        long published = 0;
        int enginesFailed = 0;
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int failure = 0; failure < FAILURES; failure++) {
                publisher.publish(CAMERAS, published, published + FRAMES_BETWEEN_FAILURES);
                publisher.send("noise".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
                published += FRAMES_BETWEEN_FAILURES;
                cluster.awaitRunning(job);
                Thread.sleep(random.nextInt(400));
                if (random.nextInt(3) == 0) {
                    cluster.replaceTaskManager();
                } else {
                    Faults.failNextBatch();
                    enginesFailed++;
                }
                publisher.publish(CAMERAS, published, published + FRAMES_BETWEEN_FAILURES);
                published += FRAMES_BETWEEN_FAILURES;
                Faults.awaitStruck(enginesFailed, PATIENCE);
            }
        }
        return published;
    }

    private static Outcome undisturbed(KafkaBroker broker, JobTopics topics) throws Exception {
        JobTopics others = topics.withOtherOutputs(broker, PARTITIONS);
        Map<String, String> options = others.options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("kafka.source.bounded", "true");
        options.put("analytics.file", analyticsFile());
        JobID job =
                cluster.submit(
                        Settings.from(options),
                        new FakePipelineFactory(32, 2, Duration.ZERO, Scene::examine),
                        1);
        cluster.awaitEnd(job);
        return Outcome.read(broker, others);
    }

    private static void assertEveryMessageOnce(Outcome outcome, long frames, int messages) {
        assertThat(outcome.recordsByMessage())
                .hasSize(messages)
                .allSatisfy((message, records) -> assertThat(records).as(message).isEqualTo(1));
        assertThat(outcome.recordsByFrame())
                .hasSize((int) frames * CAMERAS.size())
                .allSatisfy((frame, records) -> assertThat(records).as(frame).isEqualTo(1));
        assertThat(outcome.deadLetters())
                .hasSize(badFrames(frames) * CAMERAS.size() + FAILURES)
                .extracting(letter -> letter.getCode())
                .containsOnly("CORRUPT_IMAGE", "NOT_SINGLE_OBJECT");
    }

    private static void assertEqual(Outcome disturbed, Outcome undisturbed, long seed) {
        Map<String, FrameDetections> expected = undisturbed.comparableDetections();
        assertThat(expected.values())
                .extracting(FrameDetections::getStatus)
                .contains(FrameStatus.OBJECTS);
        assertThat(disturbed.comparableDetections())
                .as("results after failures by seed %d", seed)
                .isEqualTo(expected);
        assertEventsBegin(undisturbed.eventsByCamera(), disturbed.eventsByCamera(), seed);
    }

    /** The undisturbed job reached the end of its input, where it ended the tracks left over. */
    private static void assertEventsBegin(
            Map<String, List<TrackEvent>> whole, Map<String, List<TrackEvent>> begun, long seed) {
        assertThat(begun).containsOnlyKeys(CAMERAS);
        begun.forEach(
                (camera, events) -> {
                    List<TrackEvent> expected = whole.get(camera);
                    assertThat(expected)
                            .as("track events of %s after failures by seed %d", camera, seed)
                            .startsWith(events.toArray(TrackEvent[]::new));
                    assertThat(expected.subList(events.size(), expected.size()))
                            .extracting(TrackEvent::getType)
                            .containsOnly(
                                    TrackEventType.ENDED,
                                    TrackEventType.ZONE_EXITED,
                                    TrackEventType.OVERCROWDING_ENDED);
                    assertThat(events)
                            .extracting(TrackEvent::getType)
                            .contains(
                                    TrackEventType.ZONE_ENTERED,
                                    TrackEventType.LINE_CROSSED,
                                    TrackEventType.OVERCROWDING_BEGAN);
                });
    }

    /** Zones and lines for all cameras, so that totals go through the failures as well. */
    private static String analyticsFile() throws IOException {
        StringBuilder file = new StringBuilder("cameras:\n");
        for (String camera : CAMERAS) {
            file.append("  ").append(camera).append(":\n").append(ANALYTICS);
        }
        return Files.writeString(folder.resolve("analytics.yaml"), file).toString();
    }

    private static int badFrames(long frames) {
        int bad = 0;
        for (long sequence = 0; sequence < frames; sequence++) {
            bad += Scene.isBad(sequence) ? 1 : 0;
        }
        return bad;
    }

    private static Settings exactlyOnce(KafkaBroker broker, JobTopics topics, boolean unaligned)
            throws IOException {
        Map<String, String> options = topics.exactlyOnce(broker);
        options.put("checkpoints.interval", "200 ms");
        options.put("analytics.file", analyticsFile());
        options.put("checkpoints.unaligned", Boolean.toString(unaligned));
        return Settings.from(options);
    }
}

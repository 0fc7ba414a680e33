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

import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.cli.motchallenge.SequenceTracking;
import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.BoxPicture;
import io.frameflow.job.testing.DetectedSequence;
import io.frameflow.job.testing.Faults;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.TrackedRun;
import io.frameflow.operators.testing.Disorder;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.operators.testing.SampleAnalytics;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.TrackState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Published sequences through the whole job, from Kafka to Kafka: a job that is killed and
 * restored, one that is rescaled and one that reads the topic again commit the tracks, the events
 * and the totals of the run that nobody disturbed.
 */
@EnabledIf(
        value = "io.frameflow.job.testing.DetectedSequence#areThere",
        disabledReason = "no reference data: see FRAMEFLOW_REFERENCE_DATA")
@ExtendWith(KafkaBrokerExtension.class)
@Timeout(240)
class PublishedTracksITCase {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedTracksITCase.class);
    private static final int TASK_MANAGERS = 3;
    private static final int PARTITIONS = 3;
    private static final int FAILURES = 4;
    private static final int LIVE_PARTS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private static Path folder;

    private static final Map<String, DetectedSequence> CAMERAS = new TreeMap<>();
    private static List<Frame> published = List.of();
    private static JobCluster cluster;
    private static JobTopics topics;
    private static TrackedRun undisturbed;

    @BeforeAll
    static void runUndisturbed(KafkaBroker broker) throws Exception {
        for (String name : List.of("MOT17-02", "MOT17-09")) {
            DetectedSequence sequence = DetectedSequence.read(name);
            CAMERAS.put(name, sequence);
            CAMERAS.put(name + "-backwards", sequence.backwards());
        }
        published = publication();
        cluster = JobCluster.start(TASK_MANAGERS);
        topics = JobTopics.create(broker, PARTITIONS);
        JobID job = cluster.submit(settings(broker, topics), pipelines(8, Duration.ZERO), 2);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int part = 0; part < LIVE_PARTS; part++) {
                publish(publisher, part, LIVE_PARTS);
                Thread.sleep(20);
            }
        }
        undisturbed = stopAtTheEnd(broker, topics, job);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void theJobFindsTheTracksThatTheTrackerFindsByItself() {
        Map<String, Map<Long, Set<Long>>> found = new TreeMap<>();
        Map<String, Map<Long, Set<Long>>> expected = new TreeMap<>();
        CAMERAS.forEach((camera, sequence) -> expected.put(camera, trackedAlone(sequence)));
        for (FrameDetections result : undisturbed.results().values()) {
            Set<Long> ids = confirmedIds(result);
            if (!ids.isEmpty()) {
                found.computeIfAbsent(result.getCameraId(), key -> new TreeMap<>())
                        .put(result.getSequence(), ids);
            }
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void eachRecordHasTheBoxesOfItsFrame() {
        CAMERAS.forEach(
                (camera, sequence) -> {
                    for (int frame = 0; frame < sequence.boxes().size(); frame++) {
                        FrameDetections result = undisturbed.results().get(camera + "#" + frame);
                        assertThat(boxes(result.getObjects()))
                                .as("%s, frame %d", camera, frame)
                                .isEqualTo(boxesOf(sequence.boxes().get(frame)));
                    }
                });
        assertThat(undisturbed.results()).hasSameSizeAs(new HashSet<>(published));
        assertThat(undisturbed.deadLetters().values())
                .as("what came twice")
                .hasSize(published.size() - undisturbed.results().size())
                .isNotEmpty()
                .extracting(DeadLetter::getCode)
                .containsOnly("DUPLICATE_FRAME");
    }

    /** Each event says how many there were up to it, so that the last one is their number. */
    @Test
    void totalsAreTheNumbersOfEvents() {
        Set<TrackEventType> counted =
                EnumSet.of(
                        TrackEventType.ZONE_ENTERED,
                        TrackEventType.ZONE_EXITED,
                        TrackEventType.LINE_CROSSED,
                        TrackEventType.OVERCROWDING_BEGAN);
        undisturbed
                .events()
                .forEach(
                        (camera, events) -> {
                            Map<String, Long> numbers = new TreeMap<>();
                            for (TrackEvent event : events) {
                                if (counted.contains(event.getType())) {
                                    String label = event.getAnalytics().getLabel();
                                    numbers.merge(event.getType() + " " + label, 1L, Long::sum);
                                }
                            }
                            assertThat(numbers.keySet())
                                    .as(camera)
                                    .contains(
                                            "ZONE_ENTERED middle",
                                            "ZONE_EXITED middle",
                                            "LINE_CROSSED left",
                                            "LINE_CROSSED right",
                                            "OVERCROWDING_BEGAN picture");
                            numbers.forEach(
                                    (what, number) ->
                                            assertThat(undisturbed.totals())
                                                    .containsEntry(camera + " " + what, number));
                        });
        assertThat(undisturbed.events()).containsOnlyKeys(CAMERAS.keySet());
    }

    @Test
    void aJobThatIsKilledAndRestoredCommitsTheSame(KafkaBroker broker) throws Exception {
        long seed = Long.getLong("frameflow.test.seed", System.nanoTime());
        LOG.info("Failures come by the seed {}: -Dframeflow.test.seed={} repeats them", seed, seed);
        JobTopics others = JobTopics.create(broker, PARTITIONS);
        // With five of six slots taken, every TaskManager has something to lose.
        JobID job = cluster.submit(settings(broker, others), pipelines(4, Duration.ofMillis(5)), 5);

        publishAmongFailures(broker, others, new Random(seed));
        TrackedRun killed = stopAtTheEnd(broker, others, job);

        assertThat(cluster.restarts(job)).as("it was killed").isGreaterThanOrEqualTo(FAILURES);
        assertSame(killed);
    }

    @Test
    void aJobThatIsRescaledCommitsTheSame(KafkaBroker broker) throws Exception {
        JobTopics others = JobTopics.create(broker, PARTITIONS);
        List<Integer> parallelisms = List.of(2, 5, 3);
        String savepoint = null;
        JobID job = null;
        try (FramePublisher publisher = new FramePublisher(broker, others.frames())) {
            for (int part = 0; part < parallelisms.size(); part++) {
                if (job != null) {
                    awaitCommitted(broker, others, portionBegin(part - 1, parallelisms.size()) + 1);
                    savepoint = cluster.stopWithSavepoint(job, folder);
                }
                job =
                        cluster.submit(
                                settings(broker, others),
                                pipelines(8, Duration.ofMillis(5)),
                                parallelisms.get(part),
                                savepoint);
                publish(publisher, part, parallelisms.size());
            }
        }

        assertSame(stopAtTheEnd(broker, others, job));
    }

    @Test
    void aReplayOfTheTopicCommitsTheSame(KafkaBroker broker) throws Exception {
        JobTopics others = topics.withOtherOutputs(broker, PARTITIONS);
        JobID job = cluster.submit(settings(broker, others), pipelines(32, Duration.ZERO), 3);

        assertSame(stopAtTheEnd(broker, others, job));
    }

    /**
     * The frames of all cameras, some of them overtaken and some twice. At last each camera begins
     * a session, so that all tracks of the first one end.
     */
    private static List<Frame> publication() {
        List<Frame> frames = new ArrayList<>();
        CAMERAS.forEach((camera, sequence) -> frames.addAll(sequence.frames(camera)));
        frames.sort(Comparator.comparingLong(Frame::getSequence));
        List<Frame> publication = Disorder.of(frames, CAMERAS.size(), (late, frame) -> false);
        CAMERAS.forEach(
                (camera, sequence) -> {
                    Frame last = FramePublisher.frame(camera, sequence.boxes().size());
                    last.setSession("session-2");
                    last.setImage(BoxPicture.of(List.of()));
                    publication.add(last);
                });
        return publication;
    }

    /** Kills the job while it works, each time after it has committed something new. */
    private static void publishAmongFailures(KafkaBroker broker, JobTopics others, Random random)
            throws Exception {
        Faults.reset();
        int parts = 3 * FAILURES;
        try (FramePublisher publisher = new FramePublisher(broker, others.frames())) {
            for (int failure = 0; failure < FAILURES; failure++) {
                int part = 3 * failure;
                publish(publisher, part, parts);
                awaitCommitted(broker, others, portionBegin(part, parts) + 1);
                publish(publisher, part + 1, parts);
                Thread.sleep(random.nextInt(300));
                if (failure % 2 == 0) {
                    Faults.failNextBatch();
                } else {
                    cluster.replaceTaskManager();
                }
                publish(publisher, part + 2, parts);
                Faults.awaitStruck(failure / 2 + 1, PATIENCE);
            }
        }
    }

    private static void publish(FramePublisher publisher, int part, int parts) throws Exception {
        published
                .subList(portionBegin(part, parts), portionBegin(part + 1, parts))
                .forEach(publisher::publish);
        publisher.flush();
    }

    private static int portionBegin(int part, int parts) {
        return published.size() * part / parts;
    }

    private static void awaitCommitted(KafkaBroker broker, JobTopics outputs, int messages) {
        assertThat(Outcome.awaitCount(broker, outputs, messages, PATIENCE))
                .as("committed records")
                .isGreaterThanOrEqualTo(messages);
    }

    /**
     * Waits until there is a record for each message, and stops the job so that all is committed.
     */
    private static TrackedRun stopAtTheEnd(KafkaBroker broker, JobTopics outputs, JobID job)
            throws Exception {
        awaitCommitted(broker, outputs, published.size());
        cluster.stopWithSavepoint(job, folder);
        Outcome outcome = Outcome.read(broker, outputs);
        Map<String, Integer> records = outcome.recordsByMessage();
        assertThat(records.size()).as("messages with a record").isEqualTo(published.size());
        assertThat(records.values()).as("records of a message").containsOnly(1);
        return TrackedRun.of(outcome);
    }

    private static void assertSame(TrackedRun run) {
        assertThat(run.differencesFrom(undisturbed)).isEmpty();
    }

    private static Map<Long, Set<Long>> trackedAlone(DetectedSequence sequence) {
        Map<Long, Set<Long>> ids = new TreeMap<>();
        new SequenceTracking(
                        TrackerKind.FRAMEFLOW.options(Map.of()).newTracker(),
                        row ->
                                ids.computeIfAbsent(row.frame() - 1L, frame -> new TreeSet<>())
                                        .add(row.id()))
                .run(sequence.rows());
        return ids;
    }

    private static Set<Long> confirmedIds(FrameDetections result) {
        Set<Long> ids = new TreeSet<>();
        for (DetectedObject object : result.getObjects()) {
            if (object.getTrack() != null && object.getTrack().getState() == TrackState.CONFIRMED) {
                ids.add(object.getTrack().getTrackId());
            }
        }
        return ids;
    }

    private static List<List<Float>> boxes(List<DetectedObject> objects) {
        return objects.stream()
                .map(
                        object ->
                                List.of(
                                        object.getBox().getLeft(),
                                        object.getBox().getTop(),
                                        object.getBox().getWidth(),
                                        object.getBox().getHeight(),
                                        object.getScore()))
                .toList();
    }

    private static List<List<Float>> boxesOf(List<MotChallengeRow> rows) {
        return rows.stream()
                .map(
                        row ->
                                List.of(
                                        (float) row.left(),
                                        (float) row.top(),
                                        (float) row.width(),
                                        (float) row.height(),
                                        (float) row.confidence()))
                .toList();
    }

    private static FakePipelineFactory pipelines(int maxBatchSize, Duration batchTime) {
        return new FakePipelineFactory(
                maxBatchSize, 2, batchTime, Faults.before(BoxPicture::examine));
    }

    private static Settings settings(KafkaBroker broker, JobTopics outputs) throws Exception {
        Map<String, String> options = outputs.exactlyOnce(broker);
        options.put("checkpoints.interval", "200 ms");
        // A publisher that is held up by a busy machine must not make a frame late.
        options.put("tracking.reorder-timeout", "1 min");
        options.put(
                "analytics.file",
                Files.writeString(
                                folder.resolve("analytics.yaml"),
                                SampleAnalytics.zonesAndLines(CAMERAS.keySet()))
                        .toString());
        return Settings.from(options);
    }
}

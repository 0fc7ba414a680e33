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

import io.frameflow.cli.CommandResult;
import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.ControlClient;
import io.frameflow.job.testing.Faults;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.Scene;
import io.frameflow.job.testing.SteadyLoad;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes settings and models of jobs that run. */
@ExtendWith(KafkaBrokerExtension.class)
class ControlITCase {
    private static final List<String> CAMERAS = List.of("north", "east", "south", "west");
    private static final int PARTITIONS = 2;
    private static final int CHANGES = 1_000;
    private static final int MODELS = 20;
    private static final int CHANGES_A_MODEL = CHANGES / MODELS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static JobCluster cluster;

    /** Changes and models that were acknowledged when a frame was published; -1 for none. */
    private record Acknowledged(int change, int model) {}

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = JobCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void everyFrameHasOneRecordWithTheSettingsAndTheModelInForce(KafkaBroker broker)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        String control = topics.createControl(broker);
        JobID job =
                cluster.submit(
                        settings(broker, topics, control, Map.of()), pipelines(Scene::examine), 2);
        cluster.awaitRunning(job);
        SteadyLoad<Acknowledged> load =
                new SteadyLoad<>(broker, topics.frames(), CAMERAS, new Acknowledged(-1, -1));
        try (load;
                ControlClient client = new ControlClient(broker, control, topics.events())) {
            changeUnderLoad(client, load);
        }
        int frames = load.frames() * CAMERAS.size();
        Outcome.await(broker, topics, frames, PATIENCE);
        awaitAcknowledgements(broker, topics, CHANGES + MODELS);
        cluster.cancel(job);

        Outcome outcome = Outcome.read(broker, topics);
        assertThat(outcome.recordsByFrame()).hasSize(frames);
        assertThat(outcome.recordsByFrame().values()).containsOnly(1);
        assertThat(outcome.acknowledgements())
                .hasSize(CHANGES + MODELS)
                .allSatisfy(ControlITCase::assertApplied)
                .extracting(ControlAcknowledgement::getControlId)
                .doesNotHaveDuplicates();
        for (String camera : CAMERAS) {
            assertInForce(recordsOf(camera, outcome), camera, load);
        }
    }

    /** Settings 1,000 times, the model 20 times; noting what is acknowledged now and then. */
    private static void changeUnderLoad(ControlClient client, SteadyLoad<Acknowledged> load)
            throws InterruptedException {
        for (int change = 0; change < CHANGES; change++) {
            int model = change / CHANGES_A_MODEL;
            if (change % CHANGES_A_MODEL == 0) {
                client.send(message("model-" + model).setModelFile("/models/" + model));
            }
            client.send(change(change));
            TimeUnit.MILLISECONDS.sleep(3);
            if (change % 10 == 9) {
                client.await("change-" + change);
                load.know(new Acknowledged(change, model - 1));
            }
            if (change % CHANGES_A_MODEL == CHANGES_A_MODEL - 1) {
                client.await("model-" + model);
                load.know(new Acknowledged(change, model));
            }
        }
        TimeUnit.MILLISECONDS.sleep(100);
    }

    /**
     * Even ones set the score threshold for all cameras, odd ones the NMS threshold of a camera. No
     * value is there twice, so that a record tells which changes it was examined with.
     */
    private static Control.Builder change(int number) {
        Control.Builder message = message("change-" + number);
        float value = (number + 1) / 2_000f;
        return number % 2 == 0
                ? message.setScoreThreshold(value)
                : message.setNmsIouThreshold(value).setCameraId(cameraOf(number));
    }

    private static String cameraOf(int number) {
        return CAMERAS.get(number / 2 % CAMERAS.size());
    }

    private static void assertInForce(
            List<FrameDetections> records, String camera, SteadyLoad<Acknowledged> load) {
        int lastChange = -1;
        int lastModel = -1;
        for (FrameDetections record : records) {
            String frame = camera + "#" + record.getSequence();
            int change = changeInForce(record, camera);
            int model = modelOf(record);
            Acknowledged least = load.knownAt(record.getSequence());
            assertThat(change)
                    .as("changes are in force one after the other: %s", frame)
                    .isGreaterThanOrEqualTo(lastChange);
            assertThat(model).as("models, too: %s", frame).isGreaterThanOrEqualTo(lastModel);
            assertThat(change)
                    .as("what was acknowledged before is in force: %s", frame)
                    .isGreaterThanOrEqualTo(least.change());
            assertThat(model).as("models, too: %s", frame).isGreaterThanOrEqualTo(least.model());
            lastChange = change;
            lastModel = model;
        }
        assertThat(lastChange).isGreaterThanOrEqualTo(CHANGES - 2);
        assertThat(lastModel).isEqualTo(MODELS - 1);
        assertThat(records.stream().map(FrameDetections::getModel).distinct())
                .as("every model examined frames")
                .hasSize(MODELS + 1);
    }

    /**
     * The youngest of the changes whose outcome, in their order, are the settings of a record: the
     * one after the last for all cameras may be for another camera.
     */
    private static int changeInForce(FrameDetections record, String camera) {
        AppliedSettings settings = record.getSettings();
        int forAll = numberOf(settings.getScoreThreshold());
        int own = numberOf(settings.getNmsIouThreshold());
        int youngest = -1;
        for (int change = Math.max(forAll, 0); change <= forAll + 1; change++) {
            if (lastFor(camera, change) == own) {
                youngest = change;
            }
        }
        assertThat(youngest >= 0 || (forAll < 0 && own < 0))
                .as("%s are the settings after a change", settings)
                .isTrue();
        assertThat(settings.getControlId())
                .isIn(idOf(Math.max(forAll, own)), "model-" + modelOf(record));
        return youngest;
    }

    private static int numberOf(Float value) {
        return value == null ? -1 : Math.round(value * 2_000) - 1;
    }

    /** The last change up to one that was for a camera alone; -1 if there is none. */
    private static int lastFor(String camera, int change) {
        for (int earlier = change; earlier >= 0; earlier--) {
            if (earlier % 2 == 1 && cameraOf(earlier).equals(camera)) {
                return earlier;
            }
        }
        return -1;
    }

    private static String idOf(int change) {
        return change < 0 ? null : "change-" + change;
    }

    private static int modelOf(FrameDetections record) {
        String name = record.getModel().getName();
        return name.equals("fake") ? -1 : Integer.parseInt(name.substring("/models/".length()));
    }

    @Test
    void acknowledgementsAreCommittedOnceAndSettingsStayWhenTheEngineFails(KafkaBroker broker)
            throws Exception {
        Faults.reset();
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        String control = topics.createControl(broker);
        JobID job =
                cluster.submit(
                        settings(broker, topics, control, Map.of()),
                        pipelines(Faults.before(Scene::examine)),
                        2);
        cluster.awaitRunning(job);
        SteadyLoad<Boolean> load = new SteadyLoad<>(broker, topics.frames(), CAMERAS, true);
        try (load;
                ControlClient client = new ControlClient(broker, control, topics.events())) {
            for (int change = 0; change < 60; change++) {
                client.send(change(change));
                if (change % 20 == 10) {
                    client.await(
                            client.send(
                                    message("model-" + change / 20)
                                            .setModelFile("/models/" + change / 20)));
                    Faults.failNextBatch();
                }
                TimeUnit.MILLISECONDS.sleep(40);
            }
            client.await("change-59");
            cluster.awaitRunning(job);
            TimeUnit.MILLISECONDS.sleep(500);
        }
        int frames = load.frames() * CAMERAS.size();
        Outcome.await(broker, topics, frames, PATIENCE);
        awaitAcknowledgements(broker, topics, 63);
        cluster.cancel(job);

        assertThat(Faults.struck()).isEqualTo(3);
        Outcome outcome = Outcome.read(broker, topics);
        assertThat(outcome.recordsByFrame()).hasSize(frames);
        assertThat(outcome.recordsByFrame().values()).containsOnly(1);
        assertThat(outcome.acknowledgements())
                .hasSize(63)
                .allSatisfy(ControlITCase::assertApplied)
                .extracting(ControlAcknowledgement::getControlId)
                .doesNotHaveDuplicates();
        for (String camera : CAMERAS) {
            List<FrameDetections> records = recordsOf(camera, outcome);
            assertThat(records.stream().map(record -> changeInForce(record, camera)).toList())
                    .isSorted();
            assertThat(modelOf(records.get(records.size() - 1))).isEqualTo(2);
        }
    }

    @Test
    void settingsAndTheModelComeBackFromASavepoint(KafkaBroker broker, @TempDir Path folder)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        String control = topics.createControl(broker);
        Settings settings = settings(broker, topics, control, Map.of());
        JobID first = cluster.submit(settings, pipelines(Scene::examine), 1);
        cluster.awaitRunning(first);
        try (ControlClient client = new ControlClient(broker, control, topics.events());
                FramePublisher frames = new FramePublisher(broker, topics.frames())) {
            client.send(message("all").setScoreThreshold(0.25f).setDenoiseStrength(0.75f));
            client.send(
                    message("own")
                            .setCameraId("north")
                            .setScoreThreshold(0.5f)
                            .setTrackingEnabled(false));
            client.await(client.send(message("model").setModelFile("/models/2")));
            String savepoint = cluster.stopWithSavepoint(first, folder);
            frames.publish(CAMERAS, 0, 30);
            frames.flush();
            client.send(message("while-down").setCameraId("east").setScoreThreshold(0.5f));
            JobID second = cluster.submit(settings, pipelines(Scene::examine), 2, savepoint);
            assertApplied(client.await("while-down"));
            frames.publish(CAMERAS, 30, 60);
            frames.flush();
            Outcome.await(broker, topics, 60 * CAMERAS.size(), PATIENCE);
            cluster.cancel(second);

            assertRestored(Outcome.read(broker, topics));
            assertThatAnotherConfiguredModelWins(broker, topics, control, savepoint);
        }
    }

    private static void assertRestored(Outcome outcome) {
        assertThat(outcome.detections())
                .allSatisfy(record -> assertThat(modelOf(record)).isEqualTo(2));
        assertThat(recordsOf("south", outcome))
                .extracting(FrameDetections::getSettings)
                .containsOnly(new AppliedSettings(0.25f, null, "default", 0.75f, true, "model"));
        assertThat(recordsOf("north", outcome))
                .allSatisfy(
                        record -> {
                            assertThat(record.getSettings())
                                    .isEqualTo(
                                            new AppliedSettings(
                                                    0.5f, null, "default", 0.75f, false, "model"));
                            assertThat(record.getObjects())
                                    .allSatisfy(o -> assertThat(o.getTrack()).isNull());
                        });
        assertThat(outcome.eventsByCamera().keySet()).doesNotContain("north").contains("south");
        assertThat(recordsOf("east", outcome))
                .filteredOn(record -> record.getSequence() >= 30)
                .extracting(record -> record.getSettings().getScoreThreshold())
                .containsOnly(0.5f);
    }

    private static void assertThatAnotherConfiguredModelWins(
            KafkaBroker broker, JobTopics topics, String control, String savepoint)
            throws Exception {
        JobTopics others = topics.withOtherOutputs(broker, PARTITIONS);
        JobID third =
                cluster.submit(
                        settings(broker, others, control, Map.of("model.file", "a newer one")),
                        pipelines(Scene::examine),
                        1,
                        savepoint);
        Outcome.await(broker, others, 60 * CAMERAS.size(), PATIENCE);
        cluster.cancel(third);

        assertThat(recordsOf("south", Outcome.read(broker, others)))
                .isNotEmpty()
                .allSatisfy(
                        record -> {
                            assertThat(modelOf(record)).isEqualTo(-1);
                            assertThat(record.getSettings().getScoreThreshold()).isEqualTo(0.25f);
                            assertThat(record.getSettings().getControlId()).isEqualTo("all");
                        });
    }

    @Test
    void nonsenseIsRefusedWithoutEffect(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        String control = topics.createControl(broker);
        JobID job =
                cluster.submit(
                        settings(broker, topics, control, Map.of()), pipelines(Scene::examine), 2);
        cluster.awaitRunning(job);
        try (ControlClient client = new ControlClient(broker, control, topics.events());
                FramePublisher frames = new FramePublisher(broker, topics.frames())) {
            client.send((byte[]) null);
            client.send("garbage of some length".getBytes(StandardCharsets.UTF_8));
            client.send(RecordCodec.forFrame().encode(FramePublisher.frame("north", 0)));
            client.send(new byte[20_000]);
            assertThat(client.awaitNameless(4))
                    .allSatisfy(ControlITCase::assertRefused)
                    .extracting(ControlAcknowledgement::getCode)
                    .containsExactly(
                            "NO_VALUE", "NOT_SINGLE_OBJECT", "WRONG_RECORD", "MESSAGE_TOO_LARGE");
            for (Control.Builder nonsense : nonsense()) {
                ControlAcknowledgement answer = client.await(client.send(nonsense));
                assertRefused(answer);
                assertThat(answer.getCode()).isEqualTo("INVALID_CONTROL");
            }
            ControlAcknowledgement failed =
                    client.await(client.send(message("m").setModelFile("/models/missing")));
            assertThat(failed.getOutcome()).isEqualTo(ControlOutcome.FAILED);
            assertThat(failed.getCode()).isEqualTo("INVALID_MODEL_FILE");
            frames.publish(CAMERAS, 0, 20);
        }
        Outcome outcome = Outcome.await(broker, topics, 20 * CAMERAS.size(), PATIENCE);
        cluster.cancel(job);

        assertThat(outcome.detections())
                .hasSize(20 * CAMERAS.size())
                .allSatisfy(
                        record -> {
                            assertThat(modelOf(record)).isEqualTo(-1);
                            assertThat(record.getSettings())
                                    .isEqualTo(
                                            new AppliedSettings(
                                                    null, null, null, null, true, null));
                        });
    }

    @Test
    void theCommandSaysWhatBecameOfAChange(KafkaBroker broker) throws Exception {
        JobTopics topics = JobTopics.create(broker, PARTITIONS);
        String control = topics.createControl(broker);
        String[] to = {
            "--topic=" + control,
            "--events-topic=" + topics.events(),
            "--bootstrap-server=" + broker.bootstrapServers()
        };
        CommandResult unheard =
                control(to, "--all", "--nms-iou-threshold=0.9", "--control-id=early", "--wait=1");
        assertThat(unheard.exitCode()).isEqualTo(1);
        assertThat(unheard.err()).contains("no answer within 1 s", control, topics.events());

        Settings settings = settings(broker, topics, control, Map.of());
        JobID job = cluster.submit(settings, pipelines(Scene::examine), 2);
        CommandResult applied =
                control(to, "--camera=north", "--score-threshold=0.5", "--denoise=off");
        CommandResult failed = control(to, "--all", "--model=/models/missing");
        try (FramePublisher frames = new FramePublisher(broker, topics.frames())) {
            frames.publish(CAMERAS, 0, 5);
        }
        Outcome outcome = Outcome.await(broker, topics, 5 * CAMERAS.size(), PATIENCE);
        awaitAcknowledgements(broker, topics, 2);
        cluster.cancel(job);

        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out())
                .isEqualToNormalizingNewlines(
                        "applied by 2 subtasks: score threshold 0.5, denoise off for camera"
                                + " north\n");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("failed with INVALID_MODEL_FILE", "/models/missing");
        assertThat(recordsOf("north", outcome))
                .extracting(record -> record.getSettings().getScoreThreshold())
                .containsOnly(0.5f);
        assertThat(outcome.detections())
                .as("what was sent before there was a job is not for it")
                .allSatisfy(
                        record -> assertThat(record.getSettings().getNmsIouThreshold()).isNull());
        CommandResult events =
                CommandResult.run(
                        "consume",
                        "--topic-kind=events",
                        "--topic=" + topics.events(),
                        "--from-beginning",
                        "--until-end",
                        to[2]);
        assertThat(events.exitCode()).as(events.err()).isZero();
        assertThat(events.out()).contains("CONTROL_APPLIED", "CONTROL_FAILED", "CONFIRMED");
    }

    private static CommandResult control(String[] to, String... arguments) {
        List<String> all = new ArrayList<>(List.of("control"));
        all.addAll(List.of(to));
        all.addAll(List.of(arguments));
        return CommandResult.run(all.toArray(String[]::new));
    }

    private static List<Control.Builder> nonsense() {
        return List.of(
                message("n-1").setScoreThreshold(Float.NaN),
                message("n-2").setScoreThreshold(-0.1f).setNmsIouThreshold(0.5f),
                message("n-3").setNmsIouThreshold(1.5f),
                message("n-4").setDenoiseStrength(Float.POSITIVE_INFINITY),
                message("n-5").setDenoisePreset("night"),
                message("n-6").setModelFile("/models/3").setCameraId("north"),
                message("n-7").setModelFile(" "),
                message("n-8"));
    }

    private static void assertApplied(ControlAcknowledgement acknowledgement) {
        assertThat(acknowledgement.getOutcome())
                .as(acknowledgement.getMessage())
                .isEqualTo(ControlOutcome.APPLIED);
        assertThat(acknowledgement.getSubtasks()).isEqualTo(2);
    }

    private static void assertRefused(ControlAcknowledgement acknowledgement) {
        assertThat(acknowledgement.getOutcome()).isEqualTo(ControlOutcome.REFUSED);
        assertThat(acknowledgement.getSettings()).isNull();
        assertThat(acknowledgement.getSubtasks()).isZero();
        assertThat(acknowledgement.getMessage()).isNotBlank();
    }

    private static List<FrameDetections> recordsOf(String camera, Outcome outcome) {
        return outcome.detections().stream()
                .filter(record -> record.getCameraId().equals(camera))
                .sorted(Comparator.comparingLong(FrameDetections::getSequence))
                .toList();
    }

    private static void awaitAcknowledgements(KafkaBroker broker, JobTopics topics, int count) {
        RecordCodec<ControlAcknowledgement> codec = RecordCodec.forControlAcknowledgement();
        broker.read(
                List.of(topics.events()),
                records ->
                        records.stream().filter(r -> codec.isOfThisKind(r.value())).count()
                                >= count,
                PATIENCE);
    }

    private static Control.Builder message(String id) {
        return ControlClient.message(id);
    }

    private static FakePipelineFactory pipelines(FakePipelineFactory.Examiner examiner) {
        return new FakePipelineFactory(8, 2, Duration.ofMillis(1), examiner);
    }

    private static Settings settings(
            KafkaBroker broker, JobTopics topics, String control, Map<String, String> additions) {
        Map<String, String> options = topics.options(broker);
        options.put("kafka.topics.control", control);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("kafka.sink.delivery-guarantee", "exactly-once");
        options.put("kafka.sink.transactional-id-prefix", topics.detections());
        options.put("checkpoints.interval", "300 ms");
        // The last frames wait that long for a bad one before them: nothing moves event time on.
        options.put("tracking.idle-timeout", "3 s");
        options.putAll(additions);
        return Settings.from(options);
    }
}

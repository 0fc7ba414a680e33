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

import static io.frameflow.job.testing.ControlChanges.CAMERAS;
import static io.frameflow.job.testing.ControlChanges.change;
import static io.frameflow.job.testing.ControlChanges.changeInForce;
import static io.frameflow.job.testing.ControlChanges.modelOf;
import static io.frameflow.job.testing.ControlChanges.recordsOf;
import static io.frameflow.job.testing.ControlledJob.PARALLELISM;
import static io.frameflow.job.testing.ControlledJob.PATIENCE;
import static io.frameflow.job.testing.ControlledJob.assertAllOnce;
import static io.frameflow.job.testing.ControlledJob.assertApplied;
import static io.frameflow.job.testing.ControlledJob.awaitAcknowledgements;
import static io.frameflow.job.testing.ControlledJob.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.CommandResult;
import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.ControlClient;
import io.frameflow.job.testing.ControlUnderLoad;
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
    private static final int MODELS = 20;

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
    void everyFrameHasOneRecordWithTheSettingsAndTheModelInForce(KafkaBroker broker)
            throws Exception {
        new ControlUnderLoad(
                        cluster,
                        broker,
                        MODELS,
                        number -> "/models/" + number,
                        SteadyLoad.Frames.TINY)
                .run(Map.of(), settings -> pipelines(Scene::examine));
    }

    @Test
    void acknowledgementsAreCommittedOnceAndSettingsStayWhenTheEngineFails(KafkaBroker broker)
            throws Exception {
        Faults.reset();
        JobTopics topics = JobTopics.create(broker, PARALLELISM);
        String control = topics.createControl(broker);
        JobID job =
                cluster.submit(
                        settings(broker, topics, control, Map.of()),
                        pipelines(Faults.before(Scene::examine)),
                        2);
        cluster.awaitRunning(job);
        SteadyLoad<Boolean> load =
                new SteadyLoad<>(broker, topics.frames(), CAMERAS, SteadyLoad.Frames.TINY, true);
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
        assertAllOnce(outcome, frames, 63);
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
        JobTopics topics = JobTopics.create(broker, PARALLELISM);
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
        JobTopics others = topics.withOtherOutputs(broker, PARALLELISM);
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
        JobTopics topics = JobTopics.create(broker, PARALLELISM);
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
        JobTopics topics = JobTopics.create(broker, PARALLELISM);
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

    private static void assertRefused(ControlAcknowledgement acknowledgement) {
        assertThat(acknowledgement.getOutcome()).isEqualTo(ControlOutcome.REFUSED);
        assertThat(acknowledgement.getSettings()).isNull();
        assertThat(acknowledgement.getSubtasks()).isZero();
        assertThat(acknowledgement.getMessage()).isNotBlank();
    }

    private static Control.Builder message(String id) {
        return ControlClient.message(id);
    }

    private static FakePipelineFactory pipelines(FakePipelineFactory.Examiner examiner) {
        return new FakePipelineFactory(8, 2, Duration.ofMillis(1), examiner);
    }
}

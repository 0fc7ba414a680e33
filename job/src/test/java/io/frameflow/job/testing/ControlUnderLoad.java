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

import static io.frameflow.job.testing.ControlChanges.CAMERAS;
import static io.frameflow.job.testing.ControlledJob.PARALLELISM;
import static io.frameflow.job.testing.ControlledJob.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.job.config.Settings;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import io.frameflow.schema.FrameDetections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.flink.api.common.JobID;

/**
 * Changes settings and models of a job while frames come, and holds each record to what was in
 * force.
 *
 * @param cluster where the job runs
 * @param broker what it reads from and writes to
 * @param models how often the model is changed; settings are, {@link #CHANGES_A_MODEL} times as
 *     often
 * @param modelFiles gives the model file of a number from 0 on; the model's name ends with the
 *     number
 * @param load the frames that come
 */
public record ControlUnderLoad(
        JobCluster cluster,
        KafkaBroker broker,
        int models,
        IntFunction<String> modelFiles,
        SteadyLoad.Frames load) {
    /** How often settings are changed between two changes of the model. */
    public static final int CHANGES_A_MODEL = 50;

    /** Changes and models that were acknowledged when a frame was published; -1 for none. */
    private record Acknowledged(int change, int model) {}

    /**
     * Runs a job to its end, after which no native resource may be left open.
     *
     * @param additions options of the job besides its topics
     * @param pipelines what examines the frames of a job with these settings
     * @return what it wrote, which holds for every frame what was in force
     */
    public Outcome run(
            Map<String, String> additions, Function<Settings, FramePipelineFactory> pipelines)
            throws Exception {
        Set<NativeResource> resources = ResourceLedger.snapshot();
        JobTopics topics = JobTopics.create(broker, PARALLELISM);
        String control = topics.createControl(broker);
        Settings settings = ControlledJob.settings(broker, topics, control, additions);
        JobID job = cluster.submit(settings, pipelines.apply(settings), PARALLELISM);
        cluster.awaitRunning(job);
        SteadyLoad<Acknowledged> sent =
                new SteadyLoad<>(broker, topics.frames(), CAMERAS, load, new Acknowledged(-1, -1));
        try (sent;
                ControlClient client = new ControlClient(broker, control, topics.events())) {
            change(client, sent);
        }
        int frames = sent.frames() * CAMERAS.size();
        int messages = changes() + models;
        Outcome.awaitCount(broker, topics, frames, PATIENCE);
        ControlledJob.awaitAcknowledgements(broker, topics, messages);
        assertThat(cluster.restarts(job)).as("restarts").isZero();
        cluster.cancel(job);
        assertThat(ResourceLedger.leakedSince(resources)).as("what is left open").isEmpty();

        Outcome outcome = Outcome.read(broker, topics);
        ControlledJob.assertAllOnce(outcome, frames, messages);
        for (String camera : CAMERAS) {
            assertInForce(ControlChanges.recordsOf(camera, outcome), camera, sent);
        }
        return outcome;
    }

    private int changes() {
        return models * CHANGES_A_MODEL;
    }

    /** Sends it all, and notes what is acknowledged now and then. */
    private void change(ControlClient client, SteadyLoad<Acknowledged> sent)
            throws InterruptedException {
        for (int change = 0; change < changes(); change++) {
            int model = change / CHANGES_A_MODEL;
            if (change % CHANGES_A_MODEL == 0) {
                client.send(ControlChanges.model(model, modelFiles.apply(model)));
            }
            client.send(ControlChanges.change(change));
            TimeUnit.MILLISECONDS.sleep(3);
            if (change % 10 == 9) {
                client.await("change-" + change);
                sent.know(new Acknowledged(change, model - 1));
            }
            if (change % CHANGES_A_MODEL == CHANGES_A_MODEL - 1) {
                ControlledJob.assertApplied(client.await("model-" + model));
                sent.know(new Acknowledged(change, model));
                // However rarely frames come, and however fast the next model: it examines some.
                sent.awaitMore(3);
            }
        }
    }

    private void assertInForce(
            List<FrameDetections> records, String camera, SteadyLoad<Acknowledged> sent) {
        int lastChange = -1;
        int lastModel = -1;
        for (FrameDetections record : records) {
            String frame = camera + "#" + record.getSequence();
            int change = ControlChanges.changeInForce(record, camera);
            int model = ControlChanges.modelOf(record);
            Acknowledged least = sent.knownAt(record.getSequence());
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
        assertThat(lastChange).isGreaterThanOrEqualTo(changes() - 2);
        assertThat(lastModel).isEqualTo(models - 1);
        assertThat(records.stream().map(FrameDetections::getModel).distinct())
                .as("every model examined frames")
                .hasSize(models + 1);
    }
}

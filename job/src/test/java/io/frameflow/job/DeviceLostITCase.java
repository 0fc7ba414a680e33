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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.CardsPlugin;
import io.frameflow.job.testing.DeviceLoss;
import io.frameflow.job.testing.FramePublisher;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.ProcessCluster;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.SlotResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink gives a pipeline the cards of its TaskManager; a card that is lost takes its process with
 * it, and the job goes on in another one.
 */
@ExtendWith(KafkaBrokerExtension.class)
@Timeout(300)
class DeviceLostITCase {
    private static final List<String> CAMERAS = List.of("gate", "yard");
    private static final int FRAMES = 200;
    private static final Map<String, String> TWO_CARDS =
            Map.of(
                    "external-resources", "gpu",
                    "external-resource.gpu.amount", "2",
                    "external-resource.gpu.driver-factory.class", CardsPlugin.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theProcessEndsAndTheJobGoesOnInAnother(KafkaBroker broker, @TempDir Path folder)
            throws Exception {
        JobTopics topics = JobTopics.create(broker, 2);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            publisher.publish(CAMERAS, 0, FRAMES);
        }
        CardsPlugin.install(folder.resolve(ProcessCluster.PLUGINS));
        try (ProcessCluster cluster = ProcessCluster.start(folder, 2, TWO_CARDS)) {
            JobClient job = submit(cluster, exactlyOnce(broker, topics), folder);
            Outcome outcome = Outcome.await(broker, topics, FRAMES * CAMERAS.size(), PATIENCE);

            assertThat(outcome.recordsByFrame())
                    .as(cluster.logs())
                    .hasSize(FRAMES * CAMERAS.size())
                    .allSatisfy((frame, records) -> assertThat(records).as(frame).isEqualTo(1));
            assertThat(cluster.exitCodesOfTaskManagers())
                    .as("TaskManagers that ended: the one with the device")
                    .hasSize(1)
                    .doesNotContain(0);
            assertThat(cluster.logs()).contains("the device is lost for this process");
            job.cancel().get();
        }
    }

    private static JobClient submit(ProcessCluster cluster, Settings settings, Path folder)
            throws Exception {
        Configuration restarts =
                Configuration.fromMap(
                        Map.of(
                                "restart-strategy.type", "fixed-delay",
                                "restart-strategy.fixed-delay.attempts", "10",
                                "restart-strategy.fixed-delay.delay", "200 ms"));
        StreamExecutionEnvironment environment = cluster.environment(restarts);
        environment.setParallelism(1);
        JobTopology.build(
                environment,
                settings,
                onTwoCards(
                        new FakePipelineFactory(
                                8,
                                2,
                                Duration.ofMillis(5),
                                new DeviceLoss(FRAMES / 2, folder.resolve("lost").toString()))),
                JobEnds.onKafka(settings));
        return environment.executeAsync("device lost");
    }

    /** Fails the job unless Flink has given the slot what the plugin found. */
    private static FramePipelineFactory onTwoCards(FramePipelineFactory pipelines) {
        return slot -> {
            List<Integer> cards = List.of(CardsPlugin.FIRST_CARD, CardsPlugin.FIRST_CARD + 1);
            if (!slot.equals(SlotResources.ofGpus(cards))) {
                throw new FrameflowException(
                        FailureCode.ENGINE_UNAVAILABLE, "the slot was given " + slot);
            }
            return pipelines.open(slot);
        };
    }

    private static Settings exactlyOnce(KafkaBroker broker, JobTopics topics) {
        Map<String, String> options = topics.options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("kafka.sink.delivery-guarantee", "exactly-once");
        options.put("kafka.sink.transactional-id-prefix", "test-of-" + topics.detections());
        options.put("checkpoints.interval", "200 ms");
        return Settings.from(options);
    }
}

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
package io.frameflow.cli.demo;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.Topics;
import io.frameflow.cli.local.LocalBroker;
import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.process.TemporaryFolder;
import io.frameflow.job.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/** A Kafka broker and the job, in this process, for as long as something is done with them. */
final class DemoJob {
    static final String FRAMES = "frames";
    static final String DETECTIONS = "detections";
    static final String DEAD_LETTERS = "dead-letters";
    static final String EVENTS = "events";
    static final String PREVIEW = "preview";
    static final String CONTROL = "control";

    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final Duration START = Duration.ofSeconds(90);

    private DemoJob() {}

    /** What is done with them. */
    interface Body<T> {
        T run(KafkaConnection kafka, LocalCluster cluster) throws IOException, InterruptedException;
    }

    /**
     * Starts them, and takes them down at the end.
     *
     * @param settings further settings of the job
     * @param steps is told what is being done
     * @throws IOException if they do not start, or the body fails
     */
    static <T> T with(
            DemoPlan plan, Map<String, String> settings, Consumer<String> steps, Body<T> body)
            throws IOException, InterruptedException {
        try (TemporaryFolder temporary = TemporaryFolder.create("frameflow-demo-")) {
            steps.accept("starting a Kafka broker");
            try (LocalBroker broker = LocalBroker.start(temporary.path())) {
                KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
                createTopics(kafka, plan.clips().size());
                steps.accept("starting Flink and the job, Kafka at " + broker.bootstrapServers());
                try (LocalCluster cluster =
                        LocalCluster.start(
                                settings(kafka, plan, settings), flink(temporary.path()))) {
                    cluster.awaitRunning(START);
                    return body.run(kafka, cluster);
                }
            }
        }
    }

    private static void createTopics(KafkaConnection kafka, int cameras) throws IOException {
        try (Topics topics = Topics.connect(kafka)) {
            for (String topic : List.of(FRAMES, DETECTIONS, DEAD_LETTERS, EVENTS, PREVIEW)) {
                topics.create(topic, cameras, MAX_MESSAGE_BYTES);
            }
            topics.create(CONTROL, 1, MAX_MESSAGE_BYTES);
        }
    }

    private static Settings settings(
            KafkaConnection kafka, DemoPlan plan, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("kafka.source.starting-offsets", "earliest");
        // A card would need a plan first, which takes minutes to build.
        settings.put("model.engine", "onnxruntime");
        settings.put("model.file", plan.modelFile().toString());
        return Settings.from(settings);
    }

    private static Configuration flink(Path temporary) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.TMP_DIRS, temporary.toString());
        return flink;
    }
}

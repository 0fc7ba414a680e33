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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.Topics;
import io.frameflow.cli.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandITCase {
    private static final Path DEMO = Path.of("../deploy/demo");

    @TempDir static Path folder;
    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = LocalBroker.start(folder);
        KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
        try (Topics topics = Topics.connect(kafka)) {
            for (String topic : List.of("frames", "detections", "dead-letters", "events")) {
                topics.create(topic, 1, 1 << 20);
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void examinesABoundedTopicAndEnds() {
        String servers = "--bootstrap-servers=" + broker.bootstrapServers();
        String clip = DEMO.resolve("clips/crossing.mp4").toString();
        assertThat(CommandResult.run("publish", servers, "--rate=max", "--max=5", clip).exitCode())
                .isZero();

        CommandResult run =
                CommandResult.run(
                        "run",
                        "-Dparallelism.default=1",
                        "--kafka.bootstrap-servers",
                        broker.bootstrapServers(),
                        "--kafka.source.bounded=true",
                        "--model.file=" + DEMO.resolve("model.yaml"));

        assertThat(run.err()).contains("the job runs; Flink at http://127.0.0.1:");
        assertThat(run.exitCode()).isZero();
        CommandResult results =
                CommandResult.run(
                        "consume", servers, "--from-beginning", "--until-end", "--format=json");
        assertThat(results.lines()).hasSize(5);
        assertThat(results.lines().get(4)).contains("\"sequence\":4,", "\"track_id\":");
    }

    @Test
    void saysThatAModelFileIsMissing() {
        CommandResult run =
                CommandResult.run(
                        "run",
                        "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--model.file=/no/such/model.yaml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("/no/such/model.yaml").doesNotContain("internal error");
    }
}

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
import io.frameflow.job.testing.Scene;
import io.frameflow.operators.testing.FakePipelineFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class JobTopologyTest {

    @Test
    void framesStayInOneChainFromTheSourceToTheEngine() {
        JobGraph graph = graph(Map.of()).getJobGraph();

        assertThat(graph.getVertices())
                .extracting(JobVertex::getName)
                .containsExactlyInAnyOrder(
                        "Source: frames -> open envelope -> inference",
                        "tracking -> (events: Writer -> events: Committer, detections: Writer ->"
                                + " detections: Committer)",
                        "dead letters: Writer -> dead letters: Committer");
    }

    @Test
    void withoutTrackingResultsStayInTheChainToo() {
        JobGraph graph = graph(Map.of("tracking.enabled", "false")).getJobGraph();

        assertThat(graph.getVertices())
                .extracting(JobVertex::getName)
                .containsExactlyInAnyOrder(
                        "Source: frames -> open envelope -> inference -> detections: Writer ->"
                                + " detections: Committer",
                        "dead letters: Writer -> dead letters: Committer");
    }

    /** Control is no input of the graph: frames stay in their chain, and cross no serializer. */
    @Test
    void aControlledJobHasTheSameChains() {
        JobGraph graph = graph(Map.of("kafka.topics.control", "control")).getJobGraph();

        assertThat(graph.getVertices())
                .extracting(JobVertex::getName)
                .containsExactlyInAnyOrder(
                        "Source: frames -> open envelope -> inference",
                        "tracking -> (events: Writer -> events: Committer, detections: Writer ->"
                                + " detections: Committer)",
                        "dead letters: Writer -> dead letters: Committer",
                        "acknowledgements: Writer -> acknowledgements: Committer");
        assertThat(graph.getVertices())
                .filteredOn(vertex -> vertex.getName().startsWith("Source"))
                .singleElement()
                .satisfies(
                        vertex -> {
                            assertThat(vertex.getInputs()).isEmpty();
                            assertThat(vertex.getOperatorCoordinators())
                                    .as("those of the source and of inference")
                                    .hasSize(2);
                        });
    }

    @Test
    void aJobThatIsNotControlledHasNoCoordinatorOfInference() {
        assertThat(graph(Map.of()).getJobGraph().getVertices())
                .filteredOn(vertex -> vertex.getName().startsWith("Source"))
                .singleElement()
                .satisfies(vertex -> assertThat(vertex.getOperatorCoordinators()).hasSize(1));
    }

    @Test
    void aControlledJobFindsTheStateOfOneThatIsNot() {
        Map<String, String> controlled = new TreeMap<>(exactlyOnce());
        controlled.put("kafka.topics.control", "control");
        Set<String> identities = new HashSet<>();
        for (StreamNode node : graph(controlled).getStreamNodes()) {
            identities.add(String.valueOf(node.getTransformationUID()));
        }

        assertThat(identities)
                .contains("frames", "open-envelope", "inference", "tracking", "acknowledgements");
    }

    /**
     * Savepoints find their state by these names: a change breaks every running job's next start.
     */
    @Test
    void operatorsKeepTheirIdentity() {
        List<String> identities = new ArrayList<>();
        for (StreamNode node : graph(exactlyOnce()).getStreamNodes()) {
            identities.add(String.valueOf(node.getTransformationUID()));
        }

        assertThat(identities)
                .containsExactlyInAnyOrder(
                        "frames",
                        "open-envelope",
                        "inference",
                        "tracking",
                        "detections",
                        "Sink Committer: detections",
                        "dead-letters",
                        "Sink Committer: dead-letters",
                        "events",
                        "Sink Committer: events");
    }

    @Test
    void picturesLeaveTheChainOfTheirFrames() {
        StreamGraph graph = graph(Map.of("kafka.topics.preview", "preview"));

        assertThat(graph.getJobGraph().getVertices())
                .extracting(JobVertex::getName)
                .contains("Source: frames -> open envelope -> inference -> previews: Writer");
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("previews");
    }

    @Test
    void theGraphIsTheSameEachTime() {
        assertThat(vertexIds(graph(Map.of()))).isEqualTo(vertexIds(graph(Map.of())));
    }

    @Test
    void checkpointsAreAsTheSettingsSayAndTheRestAsTheClusterSays() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 7);
        cluster.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(40));
        StreamExecutionEnvironment environment = environment(cluster);
        build(environment, Map.of("checkpoints.interval", "3 s", "checkpoints.unaligned", "true"));

        assertThat(environment.getCheckpointConfig().getCheckpointInterval()).isEqualTo(3000);
        assertThat(environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isTrue();
        assertThat(environment.getCheckpointConfig().getTolerableCheckpointFailureNumber())
                .isEqualTo(7);
        assertThat(environment.getBufferTimeout()).isEqualTo(40);
        assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();

        StreamExecutionEnvironment bare = environment(new Configuration());
        build(bare, Map.of());
        assertThat(bare.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
        assertThat(bare.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
        assertThat(bare.getCheckpointConfig().getTolerableCheckpointFailureNumber()).isEqualTo(3);
        assertThat(bare.getBufferTimeout()).as("milliseconds").isEqualTo(5);
    }

    private static Set<JobVertexID> vertexIds(StreamGraph graph) {
        Set<JobVertexID> ids = new HashSet<>();
        graph.getJobGraph().getVertices().forEach(vertex -> ids.add(vertex.getID()));
        return ids;
    }

    private static Map<String, String> exactlyOnce() {
        return Map.of(
                "kafka.sink.delivery-guarantee", "exactly-once",
                "kafka.sink.transactional-id-prefix", "test");
    }

    private static StreamGraph graph(Map<String, String> additions) {
        StreamExecutionEnvironment environment = environment(new Configuration());
        build(environment, additions);
        return environment.getStreamGraph();
    }

    private static StreamExecutionEnvironment environment(Configuration configuration) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        return environment;
    }

    private static void build(
            StreamExecutionEnvironment environment, Map<String, String> additions) {
        Map<String, String> options = new TreeMap<>(additions);
        options.put("kafka.bootstrap-servers", "localhost:9092");
        options.put("model.file", "model.yaml");
        Settings settings = Settings.from(options);
        JobTopology.build(
                environment,
                settings,
                new FakePipelineFactory(8, 2, Duration.ZERO, Scene::examine),
                JobEnds.onKafka(settings));
    }
}

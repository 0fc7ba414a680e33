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
package io.frameflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.frameflow.job.config.Arguments;
import io.frameflow.job.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesManifestTest {
    private static final List<Map<String, Object>> DOCUMENTS =
            DeployFolder.yaml("kubernetes/frameflow.yaml");
    private static final Node DEPLOYMENT = document("FlinkDeployment");

    @Test
    void isForTheFlinkThatThisProjectIsBuiltWith() {
        String withoutPatch = System.getProperty("flink.version").replaceFirst("\\.\\d+$", "");

        assertThat(DEPLOYMENT.text("spec", "flinkVersion"))
                .isEqualTo("v" + withoutPatch.replace('.', '_'));
    }

    @Test
    void flinkKnowsEverySettingAndUnderstandsItsValue() {
        assertThat(FlinkOptions.problems(flinkSettings())).isEmpty();
    }

    @Test
    void everyFlinkSettingIsATextAsTheOperatorWantsIt() {
        assertThat(DEPLOYMENT.map("spec", "flinkConfiguration").values())
                .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    }

    @Test
    void saysWhatTheConfigurationOfAClusterSays() {
        Map<String, String> cluster = DeployFolder.flinkSettings();
        cluster.putAll(DeployFolder.flinkSettingsInComments());
        Map<String, String> shared = flinkSettings();
        shared.keySet().removeIf(key -> key.startsWith("high-availability."));
        // One process a pod needs one port.
        shared.remove("metrics.reporter.prometheus.port");

        assertThat(cluster).containsAllEntriesOf(shared);
    }

    @Test
    void theJobUnderstandsItsSettings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, document("ConfigMap").text("data", "job.yaml"));

        Settings settings = Settings.from(Arguments.parse("--config", file.toString()).options());

        assertThat(settings.inference().pipeline().modelFile())
                .startsWith(mountPath("models") + "/");
    }

    @Test
    void theJobReadsItsSettingsFromWhereTheyAreMounted() {
        assertThat(DEPLOYMENT.list("spec", "job", "args"))
                .containsExactly("--config", mountPath("job") + "/job.yaml");
        assertThat(volume("job").text("configMap", "name"))
                .isEqualTo(document("ConfigMap").text("metadata", "name"));
    }

    @Test
    void theJobIsWhereTheImageHasIt() {
        assertThat(DEPLOYMENT.text("spec", "job", "jarURI"))
                .isEqualTo("local://" + Dockerfile.read().destinationOf("job/*.jar"));
        assertThatCode(() -> Class.forName(DEPLOYMENT.text("spec", "job", "entryClass")))
                .doesNotThrowAnyException();
    }

    @Test
    void everyMountHasItsVolume() {
        assertThat(names(mounts())).containsExactlyInAnyOrderElementsOf(names(volumes()));
    }

    @Test
    void stateLiesOnTheMountedVolume() {
        assertThat(flinkSettings())
                .extractingByKeys(
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "high-availability.storageDir")
                .allSatisfy(
                        directory ->
                                assertThat(directory)
                                        .startsWith("file://" + mountPath("state") + "/"));
    }

    @Test
    void theMainContainerHasTheNameThatTheOperatorLooksFor() {
        assertThat(container().text("name")).isEqualTo("flink-main-container");
    }

    private static Map<String, String> flinkSettings() {
        return DeployFolder.texts(DEPLOYMENT.map("spec", "flinkConfiguration"));
    }

    private static Node document(String kind) {
        return DOCUMENTS.stream()
                .filter(document -> kind.equals(document.get("kind")))
                .map(Node::new)
                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> list.get(0)));
    }

    private static Node container() {
        return new Node(DEPLOYMENT.list("spec", "podTemplate", "spec", "containers").get(0));
    }

    private static List<Node> mounts() {
        return nodes(container().list("volumeMounts"));
    }

    private static List<Node> volumes() {
        return nodes(DEPLOYMENT.list("spec", "podTemplate", "spec", "volumes"));
    }

    private static String mountPath(String name) {
        return named(mounts(), name).text("mountPath");
    }

    private static Node volume(String name) {
        return named(volumes(), name);
    }

    private static Node named(List<Node> nodes, String name) {
        return nodes.stream()
                .filter(node -> node.text("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.stream().map(node -> node.text("name")).toList();
    }

    private static List<Node> nodes(List<?> values) {
        List<Node> nodes = new ArrayList<>();
        values.forEach(value -> nodes.add(new Node(value)));
        return nodes;
    }

    /** A part of a YAML document. */
    private record Node(Object value) {

        Object at(String... path) {
            Object found = value;
            for (String key : path) {
                assertThat(found).isInstanceOf(Map.class);
                found = ((Map<?, ?>) found).get(key);
                assertThat(found).as(String.join(".", path)).isNotNull();
            }
            return found;
        }

        String text(String... path) {
            return at(path).toString();
        }

        Map<?, ?> map(String... path) {
            return (Map<?, ?>) at(path);
        }

        List<Object> list(String... path) {
            return new ArrayList<>((List<?>) at(path));
        }
    }
}

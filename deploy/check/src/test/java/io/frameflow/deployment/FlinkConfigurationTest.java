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

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.junit.jupiter.api.Test;

class FlinkConfigurationTest {

    @Test
    void flinkKnowsEverySettingAndUnderstandsItsValue() {
        assertThat(FlinkOptions.problems(DeployFolder.flinkSettings())).isEmpty();
    }

    @Test
    void alsoThoseThatStandThereToBeSwitchedOn() {
        Map<String, String> settings = DeployFolder.flinkSettingsInComments();

        assertThat(settings).containsKeys("metrics.reporters", "external-resources");
        assertThat(FlinkOptions.problems(settings)).isEmpty();
    }

    @Test
    void wrongSettingsAreFound() {
        assertThat(
                        FlinkOptions.problems(
                                Map.of(
                                        "taskmanager.slots", "1",
                                        "taskmanager.numberOfTaskSlots", "one",
                                        "task.cancellation.timeout", "60000")))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("no option taskmanager.slots"),
                        problem -> assertThat(problem).contains("numberOfTaskSlots: one"));
    }

    @Test
    void nativeClassesComeFromTheLibFolder() {
        assertThat(
                        Configuration.fromMap(DeployFolder.flinkSettings())
                                .get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
                .containsExactlyInAnyOrder("io.frameflow.", "ai.onnxruntime.", "org.bytedeco.");
    }
}

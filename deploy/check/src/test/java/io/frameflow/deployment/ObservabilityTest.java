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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frameflow.operators.metrics.MetricNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ObservabilityTest {
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");

    /** Metrics of Flink itself that the dashboard shows; seen in the output of its reporter. */
    private static final Set<String> OF_FLINK =
            Set.of(
                    OPERATOR + "pendingRecords",
                    "flink_jobmanager_job_lastCheckpointDuration",
                    "flink_jobmanager_job_numRestarts",
                    "flink_jobmanager_job_numberOfFailedCheckpoints",
                    "flink_taskmanager_job_task_busyTimeMsPerSecond",
                    "flink_taskmanager_Status_JVM_Memory_Heap_Used");

    @Test
    void everyMetricOfTheDashboardExists() throws IOException, IllegalAccessException {
        JsonNode dashboard =
                new ObjectMapper().readTree(DeployFolder.read("observability/dashboard.json"));
        List<String> expressions = dashboard.findValuesAsText("expr");
        expressions.addAll(dashboard.findValuesAsText("query"));

        assertThat(metricsIn(expressions)).hasSizeGreaterThan(20).isSubsetOf(existing());
    }

    @Test
    void everyMetricOfTheAlertsExists() throws IllegalAccessException {
        List<String> expressions = new ArrayList<>();
        for (Object group :
                (List<?>) DeployFolder.yaml("observability/alerts.yaml").get(0).get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                expressions.add(((Map<?, ?>) rule).get("expr").toString());
            }
        }

        assertThat(metricsIn(expressions)).hasSizeGreaterThan(4).isSubsetOf(existing());
    }

    @Test
    void everyPanelHasItsOwnPlace() throws IOException {
        Set<String> places = new TreeSet<>();
        JsonNode panels =
                new ObjectMapper()
                        .readTree(DeployFolder.read("observability/dashboard.json"))
                        .get("panels");

        panels.forEach(
                panel ->
                        places.add(
                                panel.get("gridPos").get("x")
                                        + " "
                                        + panel.get("gridPos").get("y")));

        assertThat(places).hasSize(panels.size());
    }

    private static Set<String> metricsIn(List<String> expressions) {
        Set<String> metrics = new TreeSet<>();
        for (String expression : expressions) {
            Matcher matcher = METRIC.matcher(expression);
            while (matcher.find()) {
                metrics.add(matcher.group());
            }
        }
        return metrics;
    }

    /** Metrics of Flink, and ours as Flink's reporter names them: groups stand before the name. */
    private static Set<String> existing() throws IllegalAccessException {
        Set<String> names = new TreeSet<>(OF_FLINK);
        for (Field field : MetricNames.class.getFields()) {
            String name = (String) field.get(null);
            names.add(
                    OPERATOR
                            + switch (name) {
                                case MetricNames.FRAMES_FAILED -> MetricNames.CODE + "_" + name;
                                case MetricNames.BOXES_IGNORED -> MetricNames.REASON + "_" + name;
                                case MetricNames.STAGE_TIME_US -> MetricNames.STAGE + "_" + name;
                                default -> name;
                            });
        }
        return names;
    }
}

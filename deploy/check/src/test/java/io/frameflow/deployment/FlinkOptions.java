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

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's options, to check settings against. */
final class FlinkOptions {
    private static final List<Class<?>> HOLDERS =
            List.of(
                    CheckpointingOptions.class,
                    ClusterOptions.class,
                    CoreOptions.class,
                    ExternalResourceOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    RestOptions.class,
                    RestartStrategyOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class);

    /** Keys that hold a name or that a plugin reads: Flink has no option object for them. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "metrics\\.reporter\\.prometheus\\.(factory\\.class|port)"
                            + "|external-resource\\.gpu\\.(amount|driver-factory\\.class"
                            + "|kubernetes\\.config-key|param\\.discovery-script\\.(path|args))");

    private static final Map<String, ConfigOption<?>> BY_KEY = collect();

    private FlinkOptions() {}

    /** Settings that Flink does not know, or whose value it does not understand. */
    static List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        Configuration configuration = Configuration.fromMap(settings);
        settings.forEach(
                (key, value) -> {
                    ConfigOption<?> option = BY_KEY.get(key);
                    if (option == null) {
                        if (!NAMED.matcher(key).matches()) {
                            problems.add("Flink has no option " + key);
                        }
                        return;
                    }
                    try {
                        configuration.getOptional(option);
                    } catch (IllegalArgumentException e) {
                        problems.add(key + ": " + value + ": " + e.getMessage());
                    }
                });
        return problems;
    }

    private static Map<String, ConfigOption<?>> collect() {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> holder : HOLDERS) {
            for (Field field : holder.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = read(field);
                    options.put(option.key(), option);
                }
            }
        }
        return options;
    }

    private static ConfigOption<?> read(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

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

import io.frameflow.cli.kafka.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches Kafka; named as Kafka's own tools name it. */
final class KafkaOptions {
    @Option(
            names = {"--bootstrap-server", "--bootstrap-servers"},
            paramLabel = "HOST:PORT[,...]",
            defaultValue = "localhost:9092",
            description = "Kafka brokers (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers = "";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties file for Kafka's client, such as those for TLS and SASL.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--command-property",
            paramLabel = "KEY=VALUE",
            description = "One property for Kafka's client, over those of the file; repeatable.")
    private Map<String, String> commandProperties = new LinkedHashMap<>();

    /** Reads the file, if one is given. */
    KafkaConnection connection() throws IOException {
        Map<String, String> properties = new HashMap<>();
        if (commandConfig != null) {
            Properties loaded = new Properties();
            try (Reader reader = Files.newBufferedReader(commandConfig)) {
                loaded.load(reader);
            }
            loaded.stringPropertyNames()
                    .forEach(name -> properties.put(name, loaded.getProperty(name)));
        }
        properties.putAll(commandProperties);
        return new KafkaConnection(bootstrapServers, properties);
    }
}

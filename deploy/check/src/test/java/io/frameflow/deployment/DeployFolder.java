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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files under deploy, as tests read them. */
final class DeployFolder {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMENTED_SETTING = Pattern.compile("#([a-z][\\w.-]*): (.*)");

    private DeployFolder() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The folder that the build leaves in deploy/target. */
    static Path distribution() {
        return file("target/frameflow-" + System.getProperty("frameflow.version"));
    }

    static String read(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML file; a key that is there twice is an error. */
    @SuppressWarnings("unchecked") // A document is a mapping in every file here.
    static List<Map<String, Object>> yaml(String path) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadAllFromString(read(path))
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    /** Flink's settings in conf/config.yaml. */
    static Map<String, String> flinkSettings() {
        return texts(yaml("flink/conf/config.yaml").get(0));
    }

    /** Those that stand there to be switched on. */
    static Map<String, String> flinkSettingsInComments() {
        Map<String, String> settings = new TreeMap<>();
        read("flink/conf/config.yaml")
                .lines()
                .map(COMMENTED_SETTING::matcher)
                .filter(Matcher::matches)
                .forEach(matcher -> settings.put(matcher.group(1), matcher.group(2)));
        return settings;
    }

    static Map<String, String> texts(Map<?, ?> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }
}

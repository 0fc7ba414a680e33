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
package io.frameflow.job.config;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads a configuration file: YAML whose keys are nested, dotted, or both.
 *
 * <p>Values are texts, as written; what they mean is for their options to say.
 */
final class ConfigurationFile {

    private ConfigurationFile() {}

    /**
     * Reads a file.
     *
     * @return texts by whole key
     * @throws FrameflowException INVALID_SETTINGS if the file cannot be read, is no YAML, or holds
     *     something else than texts by keys
     */
    static Map<String, String> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "cannot read the configuration file " + file + ": " + e,
                    e);
        }
        return parse(text, file.toString());
    }

    /**
     * Reads the contents of a file.
     *
     * @param name for messages
     */
    static Map<String, String> parse(String yaml, String name) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setSchema(new FailsafeSchema()).build();
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            for (Object document : new Load(settings).loadAllFromString(yaml)) {
                if (!(document instanceof Map<?, ?> map)) {
                    throw problem(
                            name, "must hold keys and values, as in 'model.file: model.yaml'");
                }
                collect("", map, texts, name);
            }
        } catch (YamlEngineException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    name + " is not valid YAML: " + e.getMessage(),
                    e);
        }
        return texts;
    }

    private static void collect(
            String prefix, Map<?, ?> map, Map<String, String> texts, String name) {
        map.forEach((key, value) -> collect(prefix + key, value, texts, name));
    }

    private static void collect(
            String key, @Nullable Object value, Map<String, String> texts, String name) {
        if (value instanceof Map<?, ?> map) {
            collect(key + ".", map, texts, name);
        } else if (value instanceof String text) {
            if (texts.putIfAbsent(key, text) != null) {
                throw problem(name, "has the key " + key + " twice");
            }
        } else {
            throw problem(name, "has something else than a text or a number at " + key);
        }
    }

    private static FrameflowException problem(String name, String message) {
        return new FrameflowException(FailureCode.INVALID_SETTINGS, name + " " + message);
    }
}

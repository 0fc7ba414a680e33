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
package io.frameflow.cli.nvinfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A model file in the making: keys by their path, such as {@code input.width}. */
final class ModelDraft {
    private static final String SECTION_INDENT = "  ";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> classRules = new TreeMap<>();

    /** Sets a number, a flag or a word. */
    void put(String path, String value) {
        values.put(path, value);
    }

    /** Sets a text, in quotes. */
    void putText(String path, String text) {
        values.put(path, quoted(text));
    }

    /** Sets a list of words or numbers. */
    void putList(String path, List<String> items) {
        values.put(path, items.stream().collect(Collectors.joining(", ", "[", "]")));
    }

    /** Sets a list of texts, in quotes. */
    void putTexts(String path, List<String> items) {
        putList(path, items.stream().map(ModelDraft::quoted).toList());
    }

    /** Sets what holds for a class, or for {@code all}. */
    void putClassRule(String classKey, String key, String value) {
        classRules.computeIfAbsent(classKey, name -> new LinkedHashMap<>()).put(key, value);
    }

    /** Raises a number that classes have of their own, where it is below another. */
    void raiseClassRules(String key, double least) {
        classRules
                .values()
                .forEach(
                        rules ->
                                rules.computeIfPresent(
                                        key,
                                        (name, value) ->
                                                Double.parseDouble(value) < least
                                                        ? Double.toString(least)
                                                        : value));
    }

    /** Forgets a key. */
    void remove(String path) {
        values.remove(path);
    }

    /** The value of a key as it is written, or what is used instead. */
    String get(String path, String fallback) {
        return values.getOrDefault(path, fallback);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The file: keys without a section first. */
    String toYaml() {
        StringBuilder yaml = new StringBuilder();
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        values.forEach(
                (path, value) -> {
                    int dot = path.indexOf('.');
                    StringBuilder target =
                            dot < 0
                                    ? yaml
                                    : sections.computeIfAbsent(
                                            path.substring(0, dot),
                                            name -> new StringBuilder("\n" + name + ":\n"));
                    target.append(dot < 0 ? "" : SECTION_INDENT)
                            .append(path.substring(dot + 1))
                            .append(": ")
                            .append(value)
                            .append('\n');
                });
        sections.values().forEach(yaml::append);
        if (!classRules.isEmpty()) {
            yaml.append("\nclass-attrs:\n");
            classRules.forEach(
                    (name, rules) ->
                            yaml.append(SECTION_INDENT)
                                    .append(name)
                                    .append(": ")
                                    .append(flow(rules))
                                    .append('\n'));
        }
        return yaml.toString();
    }

    private static String flow(Map<String, String> rules) {
        return rules.entrySet().stream()
                .map(rule -> rule.getKey() + ": " + rule.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}

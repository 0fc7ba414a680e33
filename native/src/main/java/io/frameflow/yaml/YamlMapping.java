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
package io.frameflow.yaml;

import io.frameflow.failure.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of the file. It learns which keys exist by being asked for them, and at the end reports
 * those that nobody asked for.
 */
public final class YamlMapping {
    private final String path;
    private final int line;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> known = new TreeSet<>();

    private YamlMapping(String path, int line, Problems problems) {
        this.path = path;
        this.line = line;
        this.problems = problems;
    }

    /**
     * Reads a document whose root is a mapping.
     *
     * @param text the document, in YAML 1.2 without anchors
     * @param problems takes what is wrong, now and whenever the mapping is asked for a value
     * @return the root; null with a problem reported if the text is no YAML, without keys and with
     *     a problem reported if it is no mapping
     */
    public static @Nullable YamlMapping read(String text, Problems problems) {
        Node node = YamlDocument.read(text, problems);
        return node == null ? null : of("", node, problems);
    }

    private static YamlMapping of(String path, Node node, Problems problems) {
        int line = YamlDocument.line(node.getStartMark());
        YamlMapping mapping = new YamlMapping(path, line, problems);
        if (node instanceof MappingNode entries) {
            entries.getValue().forEach(mapping::put);
        } else {
            problems.add(line, path, "expected keys with values ('key: value')");
        }
        return mapping;
    }

    private void put(NodeTuple entry) {
        int keyLine = YamlDocument.line(entry.getKeyNode().getStartMark());
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.add(keyLine, path, "a key must be a word");
            return;
        }
        String name = key.getValue();
        if (values.putIfAbsent(name, entry.getValueNode()) != null) {
            problems.add(keyLine, path(name), "is there already, at line " + lines.get(name));
            return;
        }
        lines.put(name, keyLine);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The keys of the file, in its order; asking for them makes none of them known. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Whether the file has the key. */
    public boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    /** The value, or null where it is absent or wrong; what is wrong has been reported. */
    public <T> @Nullable T find(String key, YamlType<T> type) {
        known.add(key);
        Node node = values.get(key);
        return node == null ? null : type.read(node, path(key), problems);
    }

    /** The value, or what is used instead where it is absent or wrong. */
    public <T> T get(String key, YamlType<T> type, T fallback) {
        T value = find(key, type);
        return value == null ? fallback : value;
    }

    /** The value, which must be there; null with a problem reported if it is absent or wrong. */
    public <T> @Nullable T require(String key, YamlType<T> type) {
        if (!has(key)) {
            problem(key, "missing");
        }
        return find(key, type);
    }

    /** A mapping within this one; without keys where it is absent. */
    public YamlMapping section(String key) {
        known.add(key);
        Node node = values.get(key);
        return node == null
                ? new YamlMapping(path(key), line, problems)
                : of(path(key), node, problems);
    }

    /** Mappings within this one: one, or a list of them; none where the key is absent. */
    public List<YamlMapping> sections(String key) {
        known.add(key);
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(of(path(key), node, problems));
        }
        List<YamlMapping> sections = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            sections.add(of(path(key) + "[" + sections.size() + "]", element, problems));
        }
        return sections;
    }

    /** Reports a problem at the line of the key, or of the mapping where the key is absent. */
    public void problem(String key, String message) {
        problems.add(lines.getOrDefault(key, line), path(key), message);
    }

    /** Reports the keys that nobody asked for. */
    public void finish() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                String hint =
                        Suggestion.nearest(key, known)
                                .map(word -> "did you mean '" + word + "'?")
                                .orElse("known here: " + String.join(", ", known));
                problem(key, "unknown key; " + hint);
            }
        }
    }
}

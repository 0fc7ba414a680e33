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

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Changes single values of a document whose root is a mapping. All other characters stay, so that
 * comments and the order of keys do.
 */
public final class YamlEdit {
    private final String text;
    private final MappingNode root;

    /** New texts by where they go in, and what they take the place of. */
    private final Map<Integer, Change> changes = new TreeMap<>();

    private record Change(int end, String text) {}

    private YamlEdit(String text, MappingNode root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Begins to change a document.
     *
     * @throws IllegalArgumentException if it is none, or its root is no mapping
     */
    public static YamlEdit of(String text) {
        Problems problems = new Problems();
        if (YamlDocument.read(text, problems) instanceof MappingNode root) {
            return new YamlEdit(text, root);
        }
        throw new IllegalArgumentException("no mapping: " + problems.describe());
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** The text of a key's value, without quotes; absent where there is no such key. */
    public Optional<String> value(String key) {
        NodeTuple entry = find(key);
        return entry != null && entry.getValueNode() instanceof ScalarNode scalar
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    /**
     * Gives a key another value.
     *
     * @param value the value as it shall be written, on one line
     */
    public YamlEdit replace(String key, String value) {
        Node old = require(key).getValueNode();
        changes.put(place(old.getStartMark()), new Change(place(old.getEndMark()), value));
        return this;
    }

    /**
     * Adds a key behind the line that another one ends on.
     *
     * @param key the other key, whose value is one word
     * @param lines what to add, as lines from the first column
     * @param flow the same within braces, for a document that is written so
     */
    public YamlEdit insertAfter(String key, String lines, String flow) {
        NodeTuple entry = require(key);
        int end = place(entry.getValueNode().getEndMark());
        if (root.getFlowStyle() == FlowStyle.FLOW) {
            changes.put(end, new Change(end, ", " + flow));
            return this;
        }
        int column = entry.getKeyNode().getStartMark().map(Mark::getColumn).orElse(0);
        String block = lines.indent(column);
        int next = text.indexOf('\n', end);
        if (next < 0) {
            changes.put(text.length(), new Change(text.length(), "\n" + block));
        } else {
            changes.put(next + 1, new Change(next + 1, block));
        }
        return this;
    }

    /** The changed document. */
    @Override
    public String toString() {
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (Map.Entry<Integer, Change> change : changes.entrySet()) {
            changed.append(text, copied, change.getKey()).append(change.getValue().text());
            copied = change.getValue().end();
        }
        return changed.append(text, copied, text.length()).toString();
    }

    private NodeTuple require(String key) {
        NodeTuple entry = find(key);
        if (entry == null) {
            throw new IllegalArgumentException("no key " + key);
        }
        return entry;
    }

    private @Nullable NodeTuple find(String key) {
        for (NodeTuple entry : root.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    /** Marks count characters beyond 16 bits once. */
    private int place(Optional<Mark> mark) {
        int index =
                mark.orElseThrow(() -> new IllegalStateException("a node without a place"))
                        .getIndex();
        return text.offsetByCodePoints(0, index);
    }
}

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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A kind of value: turns a node into it, or reports why it cannot.
 *
 * @param <T> what the value becomes
 */
@FunctionalInterface
public interface YamlType<T> {
    /** Longest text that a message repeats. */
    int MOST_QUOTED = 60;

    /** The value, or null with a problem reported at the node's line. */
    @Nullable T read(Node node, String key, Problems problems);

    /** Text of at least one printable character. */
    static YamlType<String> text(int longest) {
        String expected = "text of 1 to " + longest + " characters without line breaks";
        return (node, key, problems) -> {
            if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
                boolean quotable = node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
                report(node, key, quotable ? "text; put it in quotes" : expected, problems);
                return null;
            }
            String value = scalar.getValue();
            boolean printable = value.chars().noneMatch(Character::isISOControl);
            if (value.isBlank() || value.length() > longest || !printable) {
                report(node, key, expected, problems);
                return null;
            }
            return value;
        };
    }

    /** What a word or a number looks like in the file: the text of any scalar but null. */
    static YamlType<String> scalarText(String expected) {
        return scalar(
                expected, node -> node.getTag().equals(Tag.NULL) ? null : node.getValue().strip());
    }

    /** A whole number within limits, both included. */
    static YamlType<Integer> integer(int least, int most) {
        return scalar(
                "a whole number from " + least + " to " + most,
                node -> {
                    if (!node.getTag().equals(Tag.INT)) {
                        return null;
                    }
                    int value = Integer.parseInt(node.getValue());
                    return value >= least && value <= most ? value : null;
                });
    }

    /** A finite number within limits, both included. */
    static YamlType<Double> number(double least, double most) {
        return scalar("a number from " + least + " to " + most, node -> parse(node, least, most));
    }

    /** A finite number other than 0. */
    static YamlType<Double> numberNotZero() {
        return scalar(
                "a finite number other than 0",
                node -> {
                    Double value = parse(node, -Double.MAX_VALUE, Double.MAX_VALUE);
                    return value != null && value != 0 ? value : null;
                });
    }

    /** A finite number. */
    static YamlType<Double> number() {
        return scalar("a finite number", node -> parse(node, -Double.MAX_VALUE, Double.MAX_VALUE));
    }

    /** {@code true} or {@code false}. */
    static YamlType<Boolean> flag() {
        return scalar(
                "true or false",
                node ->
                        node.getTag().equals(Tag.BOOL)
                                ? Boolean.valueOf(node.getValue().toLowerCase(Locale.ROOT))
                                : null);
    }

    /** One of an enum's names, in lower case with hyphens. */
    static <E extends Enum<E>> YamlType<E> choice(Class<E> type) {
        Map<String, E> choices =
                Arrays.stream(type.getEnumConstants())
                        .collect(Collectors.toMap(YamlType::label, Function.identity()));
        String expected = choices.keySet().stream().sorted().collect(Collectors.joining(", "));
        return scalar("one of: " + expected, node -> choices.get(node.getValue()));
    }

    /** An enum's name as it stands in the file: {@code yolov8-pose}. */
    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A list within limits of length, both included. */
    static <T> YamlType<List<T>> list(YamlType<T> elements, int shortest, int longest) {
        String count =
                shortest == longest
                        ? "a list of " + shortest
                        : "a list of " + shortest + " to " + longest;
        return (node, key, problems) -> {
            if (!(node instanceof SequenceNode sequence)) {
                report(node, key, count, problems);
                return null;
            }
            int size = sequence.getValue().size();
            if (size < shortest || size > longest) {
                report(node, key, count, problems);
                return null;
            }
            List<T> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                T value = elements.read(sequence.getValue().get(i), key + "[" + i + "]", problems);
                if (value != null) {
                    values.add(value);
                }
            }
            return values.size() == size ? values : null;
        };
    }

    /** A list in which nothing occurs twice. */
    static <T> YamlType<List<T>> distinct(YamlType<List<T>> lists) {
        return (node, key, problems) -> {
            List<T> values = lists.read(node, key, problems);
            if (values == null) {
                return null;
            }
            Map<T, Integer> first = new HashMap<>();
            List<Node> nodes = ((SequenceNode) node).getValue();
            boolean distinct = true;
            for (int i = 0; i < values.size(); i++) {
                Integer before = first.putIfAbsent(values.get(i), i);
                if (before != null) {
                    problems.add(
                            YamlDocument.line(nodes.get(i).getStartMark()),
                            key + "[" + i + "]",
                            "'" + values.get(i) + "' is there already, at [" + before + "]");
                    distinct = false;
                }
            }
            return distinct ? values : null;
        };
    }

    private static <T> YamlType<T> scalar(
            String expected, Function<ScalarNode, @Nullable T> parser) {
        return (node, key, problems) -> {
            T value = null;
            if (node instanceof ScalarNode scalar) {
                try {
                    value = parser.apply(scalar);
                } catch (NumberFormatException e) {
                    value = null;
                }
            }
            if (value == null) {
                report(node, key, expected, problems);
            }
            return value;
        };
    }

    private static @Nullable Double parse(ScalarNode node, double least, double most) {
        if (!node.getTag().equals(Tag.INT) && !node.getTag().equals(Tag.FLOAT)) {
            return null;
        }
        double value = Double.parseDouble(node.getValue());
        return value >= least && value <= most ? value : null;
    }

    private static void report(Node node, String key, String expected, Problems problems) {
        problems.add(
                YamlDocument.line(node.getStartMark()),
                key,
                "expected " + expected + ", found " + describe(node));
    }

    private static String describe(Node node) {
        if (node instanceof ScalarNode scalar) {
            return describe(scalar);
        }
        return node instanceof SequenceNode sequence
                ? "a list of " + sequence.getValue().size()
                : "a mapping";
    }

    private static String describe(ScalarNode node) {
        if (node.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        String value = node.getValue().replaceAll("\\p{Cntrl}", "?");
        String shown =
                value.length() > MOST_QUOTED ? value.substring(0, MOST_QUOTED) + "..." : value;
        return node.getTag().equals(Tag.STR) ? "text '" + shown + "'" : shown;
    }
}

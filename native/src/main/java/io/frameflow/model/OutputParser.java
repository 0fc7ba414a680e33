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
package io.frameflow.model;

import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the keys about class maps and raw outputs, and refuses keys that only objects need. */
final class OutputParser {
    private static final int MOST_COLORS = 256;
    private static final int MOST_TENSORS = 64;
    private static final int HEXADECIMAL = 16;
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private final YamlMapping root;

    OutputParser(YamlMapping root) {
        this.root = root;
    }

    /** Colour of each class as {@code 0xRRGGBB}; what is wrong with them has been reported. */
    List<Integer> colors(List<String> labels) {
        String key = "colors";
        List<String> written =
                root.get(
                        key,
                        YamlType.list(YamlType.text(ModelFileParser.LONGEST_NAME), 1, MOST_COLORS),
                        List.of());
        List<Integer> colors = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            String color = written.get(i);
            if (COLOR.matcher(color).matches()) {
                colors.add(Integer.parseInt(color.substring(1), HEXADECIMAL));
            } else {
                root.problem(key, "[%d]: expected \"#rrggbb\", found '%s'".formatted(i, color));
            }
        }
        if (!written.isEmpty() && written.size() != labels.size()) {
            root.problem(
                    key,
                    "expected one for each of the %d labels, found %d"
                            .formatted(labels.size(), written.size()));
        }
        return colors;
    }

    /** Names of the outputs that go into results as they are. */
    List<String> outputTensors() {
        return root.get(
                "output-tensors",
                YamlType.distinct(
                        YamlType.list(
                                YamlType.text(ModelFileParser.LONGEST_NAME), 1, MOST_TENSORS)),
                List.of());
    }

    /** Reports keys that have no meaning for networks that find no objects. */
    void refuseObjectKeys(Family family) {
        for (String key : List.of("thresholds", "class-attrs", "filter-out-class-ids")) {
            if (root.has(key)) {
                root.problem(
                        key,
                        "networks of family " + family.label() + " find no objects; remove this");
            }
        }
    }
}

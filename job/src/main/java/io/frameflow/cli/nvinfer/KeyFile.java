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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in the format of GLib's GKeyFile, which nvinfer reads: groups in brackets, {@code
 * key=value}, comments after {@code #} at the beginning of a line.
 *
 * @param groups the keys of each group with their values, in the order of the file
 */
record KeyFile(Map<String, Map<String, String>> groups) {
    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or a line is neither group, nor key, nor comment
     */
    static KeyFile read(Path file) throws IOException {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        Map<String, String> group = null;
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                String name = line.substring(1, line.length() - 1);
                group = groups.computeIfAbsent(name, key -> new LinkedHashMap<>());
            } else if (equals > 0 && group != null) {
                group.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            } else {
                throw new IOException(
                        "%s, line %d: expected [group] or key=value, found '%s'"
                                .formatted(file, i + 1, line));
            }
        }
        return new KeyFile(groups);
    }
}

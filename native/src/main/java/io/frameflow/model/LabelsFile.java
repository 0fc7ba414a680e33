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

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A text file in UTF-8 with the name of one class a line, the first line for class 0. */
final class LabelsFile {
    private static final int MOST_BYTES = 1 << 20;

    private LabelsFile() {}

    /** The names; what is wrong with the file goes to {@code problems}. */
    static List<String> read(Path file, Consumer<String> problems) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                problems.accept(file + " is longer than " + MOST_BYTES + " bytes");
                return List.of();
            }
            List<String> lines = Files.readString(file).stripTrailing().lines().toList();
            check(file, lines, problems);
            return lines;
        } catch (CharacterCodingException e) {
            problems.accept(file + " is not UTF-8 text");
        } catch (IOException e) {
            problems.accept("cannot read " + file + ": " + e.getMessage());
        }
        return List.of();
    }

    private static void check(Path file, List<String> lines, Consumer<String> problems) {
        if (lines.isEmpty()) {
            problems.accept(file + " has no labels");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String label = lines.get(i);
            String where = file + ", line " + (i + 1) + ": ";
            if (label.isBlank()
                    || label.length() > ModelFileParser.LONGEST_NAME
                    || label.chars().anyMatch(Character::isISOControl)) {
                problems.accept(where + "expected one label");
            } else if (!seen.add(label)) {
                problems.accept(where + "'" + label + "' is there already");
            }
        }
    }
}

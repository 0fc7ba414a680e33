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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects everything that is wrong with one file, so that it can be told in one go. */
public final class Problems {
    private static final int MOST_SHOWN = 50;

    private final List<Problem> found = new ArrayList<>();

    /**
     * One thing that is wrong.
     *
     * @param line line in the file, from 1
     * @param key path of the key, such as {@code input.width}; empty for the file as a whole
     * @param message what is wrong and what was expected
     */
    public record Problem(int line, String key, String message) {
        @Override
        public String toString() {
            return "line " + line + ": " + (key.isEmpty() ? "" : key + ": ") + message;
        }
    }

    /** Adds one, at a line and key as in {@link Problem}. */
    public void add(int line, String key, String message) {
        found.add(new Problem(line, key, message));
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, from the top of the file to its end. */
    public List<Problem> all() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    /** All of them as text, one a line; the first ones if there are very many. */
    public String describe() {
        String lines =
                all().stream()
                        .limit(MOST_SHOWN)
                        .map(problem -> "\n  " + problem)
                        .collect(Collectors.joining());
        int hidden = found.size() - MOST_SHOWN;
        return found.size()
                + (found.size() == 1 ? " problem:" : " problems:")
                + lines
                + (hidden > 0 ? "\n  and " + hidden + " more" : "");
    }
}

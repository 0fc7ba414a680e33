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

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that somebody meant. */
final class KeySuggestion {

    private KeySuggestion() {}

    /**
     * The nearest known key, if one is near enough: at most a third of its characters differ.
     *
     * <p>Case, and which of dash, underscore and dot separates words, do not count. The first parts
     * of the known key may be missing.
     */
    static Optional<String> nearest(String unknown, Collection<String> known) {
        String normal = normalize(unknown);
        return known.stream()
                .filter(key -> difference(normal, key) <= 1.0 / 3)
                .min(
                        Comparator.<String>comparingDouble(key -> difference(normal, key))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Share of characters that differ between a normal key and the best ending of a known one. */
    private static double difference(String normal, String known) {
        double least = Double.POSITIVE_INFINITY;
        int start = 0;
        do {
            String ending = normalize(known.substring(start));
            least = Math.min(least, (double) distance(normal, ending) / ending.length());
            start = known.indexOf('.', start) + 1;
        } while (start > 0);
        return least;
    }

    private static String normalize(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }

    /** Levenshtein's distance: characters to insert, remove or replace. */
    private static int distance(String first, String second) {
        int[] previous = new int[second.length() + 1];
        int[] current = new int[second.length() + 1];
        for (int column = 0; column <= second.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= first.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= second.length(); column++) {
                int replaced =
                        previous[column - 1]
                                + (first.charAt(row - 1) == second.charAt(column - 1) ? 0 : 1);
                current[column] =
                        Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            int[] finished = previous;
            previous = current;
            current = finished;
        }
        return previous[second.length()];
    }
}

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

import io.frameflow.failure.Suggestion;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the key that somebody meant. */
final class KeySuggestion {

    private KeySuggestion() {}

    /**
     * The nearest known key, if one is near enough. Case, and which of dash, underscore and dot
     * separates words, do not count; the first part of the known key may be missing.
     */
    static Optional<String> nearest(String unknown, Collection<String> known) {
        Map<String, String> spellings = new TreeMap<>();
        known.forEach(
                key -> spellings.putIfAbsent(normalize(key.substring(key.indexOf('.') + 1)), key));
        known.forEach(key -> spellings.put(normalize(key), key));
        return Suggestion.nearest(normalize(unknown), spellings.keySet())
                .flatMap(spelling -> Optional.ofNullable(spellings.get(spelling)));
    }

    private static String normalize(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}

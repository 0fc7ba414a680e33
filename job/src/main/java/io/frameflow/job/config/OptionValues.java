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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The value of each option, given or default, and the problems found in what was given.
 *
 * <p>Values of options with a problem cannot be asked for. Immutable once read.
 */
final class OptionValues {
    private final Configuration configuration;
    private final Map<String, String> given;
    private final Set<String> unusable = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private OptionValues(Map<String, String> given) {
        this.given = given;
        this.configuration = Configuration.fromMap(given);
    }

    /**
     * Reads every option, and finds the keys that are none.
     *
     * @param given texts by key
     */
    static OptionValues read(Map<String, String> given) {
        OptionValues values = new OptionValues(given);
        OptionCatalog.options().forEach(values::check);
        given.forEach(values::checkKnown);
        return values;
    }

    /** What is wrong with single options, in the order of the catalog. */
    List<Problem> problems() {
        return problems;
    }

    /** Whether all of these options have values that can be asked for. */
    boolean areUsable(List<JobOption<?>> options) {
        return options.stream().noneMatch(option -> unusable.contains(option.key()));
    }

    /** The value of an option that is required or has a default. */
    <T> T get(JobOption<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option + " has no value"));
    }

    /** The value of an option, if it has one. */
    <T> Optional<T> find(JobOption<T> option) {
        if (unusable.contains(option.key())) {
            throw new IllegalStateException(option + " has a value that is not valid");
        }
        return configuration.getOptional(option.option()).or(() -> defaultOf(option));
    }

    /** The text that was given for an option, or its default's. */
    String text(JobOption<?> option) {
        return given.getOrDefault(option.key(), option.defaultText());
    }

    /** The texts of the keys below a prefix, without the prefix. */
    Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        given.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), value);
                    }
                });
        return found;
    }

    private <T> void check(JobOption<T> option) {
        String text = given.get(option.key());
        if (text == null) {
            if (option.isRequired()) {
                reject(option, null, "it is missing, set it to " + option.domain().description());
            }
            return;
        }
        String expected = "expected " + option.domain().description();
        if (text.isBlank()) {
            reject(option, text, expected);
            return;
        }
        try {
            T value = configuration.get(option.option());
            if (!option.domain().contains(value)) {
                reject(option, text, expected);
            }
        } catch (IllegalArgumentException e) {
            reject(option, text, expected);
        }
    }

    private void reject(JobOption<?> option, @Nullable String text, String expected) {
        unusable.add(option.key());
        problems.add(Problem.of(option.key(), text, expected));
    }

    private void checkKnown(String key, String value) {
        if (OptionCatalog.isKnown(key)) {
            return;
        }
        String suggestion =
                KeySuggestion.nearest(key, OptionCatalog.keys())
                        .map(nearest -> "there is no such option, did you mean '" + nearest + "'?")
                        .orElse("there is no such option, see docs/configuration.md");
        problems.add(new Problem(key, null, suggestion));
    }

    private static <T> Optional<T> defaultOf(JobOption<T> option) {
        return option.option().hasDefaultValue()
                ? Optional.of(option.option().defaultValue())
                : Optional.empty();
    }
}

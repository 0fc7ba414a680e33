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
package io.frameflow.operators.tracking.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads options by their names, and finds those that nobody asked for. */
final class OptionReader {
    private final Map<String, ?> given;
    private final List<String> names = new ArrayList<>();

    OptionReader(Map<String, ?> given) {
        this.given = Map.copyOf(given);
    }

    float number(String name, float otherwise) {
        return read(name, Number.class, otherwise).floatValue();
    }

    int integer(String name, int otherwise) {
        return read(name, Integer.class, otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return read(name, Boolean.class, otherwise);
    }

    /**
     * Checks that every given option has been read.
     *
     * @throws IllegalArgumentException if one has not
     */
    void requireAllRead(String tracker) {
        for (String name : given.keySet().stream().sorted().toList()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        name
                                + " is no option of the tracker "
                                + tracker
                                + ", which has "
                                + String.join(", ", names));
            }
        }
    }

    private <T> T read(String name, Class<T> type, T otherwise) {
        names.add(name);
        Object value = given.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", must be of type " + type.getSimpleName());
        }
        return value == null ? otherwise : Objects.requireNonNull(type.cast(value));
    }
}

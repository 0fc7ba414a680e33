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

import org.apache.flink.configuration.ConfigOption;

/**
 * An option of the job: Flink's typed option, and the values that it takes.
 *
 * @param <T> type of a value
 */
public final class JobOption<T> {
    private final ConfigOption<T> option;
    private final Domain<T> domain;
    private final boolean required;
    private final String description;

    private JobOption(
            ConfigOption<T> option, Domain<T> domain, boolean required, String description) {
        this.option = option;
        this.domain = domain;
        this.required = required;
        this.description = description;
    }

    /** An option that everybody must set. */
    static <T> JobOption<T> required(String key, Domain<T> domain, String description) {
        return new JobOption<>(
                domain.optionWithoutDefault(key, description), domain, true, description);
    }

    /** An option that may be left out, which then means what its description says. */
    static <T> JobOption<T> optional(String key, Domain<T> domain, String description) {
        return new JobOption<>(
                domain.optionWithoutDefault(key, description), domain, false, description);
    }

    /** An option with a default, which must lie in its own domain. */
    static <T> JobOption<T> withDefault(String key, Domain<T> domain, T value, String description) {
        if (!domain.contains(value)) {
            throw new IllegalArgumentException(
                    key + ": the default must be " + domain.description());
        }
        return new JobOption<>(
                domain.typed(key).defaultValue(value).withDescription(description),
                domain,
                false,
                description);
    }

    /** The key, as it stands in files and arguments. */
    public String key() {
        return option.key();
    }

    /** The option as Flink knows it. */
    public ConfigOption<T> option() {
        return option;
    }

    /** The values that it takes. */
    public Domain<T> domain() {
        return domain;
    }

    /** Whether everybody must set it. */
    public boolean isRequired() {
        return required;
    }

    /** What it does, in whole sentences. */
    public String description() {
        return description;
    }

    /** The default as a user would write it, or an empty text where there is none. */
    public String defaultText() {
        return option.hasDefaultValue() ? Domain.written(option.defaultValue()) : "";
    }

    @Override
    public String toString() {
        return key();
    }
}

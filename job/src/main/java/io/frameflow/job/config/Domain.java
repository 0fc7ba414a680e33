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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.apache.flink.configuration.ConfigOptions.TypedConfigOptionBuilder;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * The values that an option takes: their type, as Flink reads it, and their range.
 *
 * @param <T> type of a value
 */
public final class Domain<T> {
    private final String description;
    private final Function<OptionBuilder, TypedConfigOptionBuilder<T>> type;
    private final Predicate<T> range;

    private Domain(
            String description,
            Function<OptionBuilder, TypedConfigOptionBuilder<T>> type,
            Predicate<T> range) {
        this.description = description;
        this.type = type;
        this.range = range;
    }

    /** Integers, both ends included. */
    static Domain<Integer> integers(int least, int greatest) {
        return new Domain<>(
                "an integer from " + least + " to " + greatest,
                OptionBuilder::intType,
                value -> value >= least && value <= greatest);
    }

    /** Numbers, both ends included. */
    static Domain<Float> numbers(float least, float greatest) {
        return new Domain<>(
                "a number from " + plain(least) + " to " + plain(greatest),
                OptionBuilder::floatType,
                value -> value >= least && value <= greatest);
    }

    /** True or false. */
    static Domain<Boolean> booleans() {
        return new Domain<>("true or false", OptionBuilder::booleanType, value -> true);
    }

    /** Durations, both ends included. */
    static Domain<Duration> durations(Duration least, Duration greatest) {
        return new Domain<>(
                String.format(
                        "a duration with its unit, from %s to %s",
                        TimeUtils.formatWithHighestUnit(least),
                        TimeUtils.formatWithHighestUnit(greatest)),
                OptionBuilder::durationType,
                value -> value.compareTo(least) >= 0 && value.compareTo(greatest) <= 0);
    }

    /** Sizes in memory, both ends included. */
    static Domain<MemorySize> sizes(MemorySize least, MemorySize greatest) {
        return new Domain<>(
                "a size with its unit, from " + least + " to " + greatest,
                OptionBuilder::memoryType,
                value -> value.compareTo(least) >= 0 && value.compareTo(greatest) <= 0);
    }

    /** Constants of an enum, at least one, written in lower case. */
    static <E extends Enum<E>> Domain<E> oneOf(List<E> constants) {
        Class<E> type = constants.get(0).getDeclaringClass();
        return new Domain<>(
                "one of "
                        + constants.stream().map(Domain::written).collect(Collectors.joining(", ")),
                builder -> builder.enumType(type),
                constants::contains);
    }

    /** Texts, which must not be blank, nor have blanks around them. */
    static Domain<String> texts(String description) {
        return texts(description, value -> !value.isEmpty() && value.equals(value.strip()));
    }

    /** Texts of a certain form. */
    static Domain<String> texts(String description, Predicate<String> form) {
        return new Domain<>(description, OptionBuilder::stringType, form);
    }

    /** What a value must be, for messages and documents: "an integer from 1 to 10". */
    public String description() {
        return description;
    }

    boolean contains(T value) {
        return range.test(value);
    }

    TypedConfigOptionBuilder<T> typed(String key) {
        return type.apply(ConfigOptions.key(key));
    }

    /** A value as a user writes it. */
    static String written(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        return value instanceof Enum<?>
                ? value.toString().toLowerCase(Locale.ROOT)
                : value.toString();
    }

    /** The option as Flink reads it, without a default. */
    ConfigOption<T> optionWithoutDefault(String key, String text) {
        return typed(key).noDefaultValue().withDescription(text);
    }

    private static String plain(float value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value);
    }
}

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
package io.frameflow.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints figures: numbers by name, in groups if there are several. */
public final class FiguresPrinter {
    private static final int DIGITS = 5;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FiguresPrinter() {}

    /**
     * Prints one object of JSON.
     *
     * @param figures numbers, texts, or maps of the same; fractions are rounded to five digits, and
     *     null is for what is not defined
     */
    public static void printJson(Map<String, ?> figures, PrintWriter out) throws IOException {
        out.println(MAPPER.writeValueAsString(rounded(figures)));
        out.flush();
    }

    private static Map<String, @Nullable Object> rounded(Map<?, ?> figures) {
        Map<String, @Nullable Object> rounded = new LinkedHashMap<>();
        figures.forEach((name, value) -> rounded.put(String.valueOf(name), rounded(value)));
        return rounded;
    }

    private static @Nullable Object rounded(@Nullable Object value) {
        if (value instanceof Map<?, ?> group) {
            return rounded(group);
        }
        return value instanceof Double number
                ? BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN)
                : value;
    }

    /**
     * Prints a table for people: a line for each figure, those of groups indented below the group's
     * name.
     */
    public static void printTable(Map<String, ?> figures, PrintWriter out) {
        List<String[]> lines = new ArrayList<>();
        addLines("", figures, lines);
        int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        for (String[] line : lines) {
            out.println((line[0] + " ".repeat(width - line[0].length()) + line[1]).stripTrailing());
        }
        out.flush();
    }

    private static void addLines(String indent, Map<?, ?> figures, List<String[]> lines) {
        figures.forEach(
                (name, value) -> {
                    if (value instanceof Map<?, ?> group) {
                        lines.add(new String[] {indent + name, ""});
                        addLines(indent + "  ", group, lines);
                    } else {
                        lines.add(new String[] {indent + name, column(value)});
                    }
                });
    }

    private static String column(@Nullable Object value) {
        if (value == null) {
            return String.format(Locale.ROOT, "  %12s", "-");
        }
        return value instanceof Double number
                ? String.format(Locale.ROOT, "  %12.3f", number)
                : String.format(Locale.ROOT, "  %12s", value);
    }
}

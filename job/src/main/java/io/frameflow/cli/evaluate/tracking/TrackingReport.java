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
package io.frameflow.cli.evaluate.tracking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one or several sequences. */
public final class TrackingReport {
    private static final int DIGITS = 5;
    private static final String COMBINED = "COMBINED";
    private static final List<String> COLUMNS =
            List.of(
                    "HOTA", "DetA", "AssA", "LocA", "MOTA", "MOTP", "IDF1", "IDP", "IDR", "IDSW",
                    "Frag", "CLR_FP", "CLR_FN", "MT", "PT", "ML", "IDs");

    private final Map<String, TrackingScores> sequences;
    private final TrackingScores whole;

    TrackingReport(Map<String, TrackingScores> sequences) {
        this.sequences = new LinkedHashMap<>(sequences);
        this.whole = TrackingScores.combine(List.copyOf(sequences.values()));
    }

    /** The figures of all sequences together, by TrackEval's names, shares in percent. */
    public Map<String, Number> figures() {
        return whole.figures();
    }

    /**
     * The figures of one sequence.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Map<String, Number> figures(String sequence) {
        TrackingScores scores = sequences.get(sequence);
        if (scores == null) {
            throw new IllegalArgumentException("no sequence " + sequence);
        }
        return scores.figures();
    }

    /**
     * Prints one object of JSON: the figures of all sequences together and, if there are several,
     * those of each under {@code sequences} by its name.
     */
    public void printJson(PrintWriter out) throws IOException {
        JsonFactory factory = new JsonFactory();
        factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            write(json, whole);
            if (sequences.size() > 1) {
                json.writeObjectFieldStart("sequences");
                for (Map.Entry<String, TrackingScores> sequence : sequences.entrySet()) {
                    json.writeObjectFieldStart(sequence.getKey());
                    write(json, sequence.getValue());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        out.println();
        out.flush();
    }

    private static void write(JsonGenerator json, TrackingScores scores) throws IOException {
        for (Map.Entry<String, Number> figure : scores.figures().entrySet()) {
            json.writeFieldName(figure.getKey());
            if (figure.getValue() instanceof Double share) {
                json.writeNumber(
                        BigDecimal.valueOf(share).setScale(DIGITS, RoundingMode.HALF_EVEN));
            } else {
                json.writeNumber(figure.getValue().longValue());
            }
        }
    }

    /** Prints the most used figures as a table, a line a sequence. */
    public void printTable(PrintWriter out) {
        List<String> names = new ArrayList<>(sequences.keySet());
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(width, COMBINED.length());
        StringBuilder heading = new StringBuilder(pad("", width));
        COLUMNS.forEach(column -> heading.append(String.format(" %7s", column)));
        out.println(heading);
        for (String name : names) {
            out.println(line(pad(name, width), figures(name)));
        }
        if (names.size() > 1) {
            out.println(line(pad(COMBINED, width), figures()));
        }
        out.flush();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String line(String name, Map<String, Number> figures) {
        StringBuilder line = new StringBuilder(name);
        for (String column : COLUMNS) {
            Number value = figures.get(column);
            line.append(
                    value instanceof Double share
                            ? String.format(Locale.ROOT, " %7.3f", share)
                            : String.format(Locale.ROOT, " %7d", value));
        }
        return line.toString();
    }
}

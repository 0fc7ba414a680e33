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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the documentation of the options, from the options. */
public final class ConfigurationDocument {
    private static final String INTRODUCTION =
            """
            # Configuration

            <!-- Generated from the options in io.frameflow.job.config; a test compares them. To write it anew:
                 mvn -pl job -am test -Dtest=ConfigurationDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dconfiguration.document.write=true -->

            The job takes its options from a YAML file, `--config FILE`, and from arguments of the form `--key value` or
            `--key=value`, which win over the file. Keys in the file are nested or dotted, as you like:

            ```yaml
            kafka:
              bootstrap-servers: broker-1:9092,broker-2:9092
              sink.delivery-guarantee: exactly-once
              sink.transactional-id-prefix: frameflow-site1
            model.file: /opt/models/yolov8.yaml
            ```

            All problems are reported at once, before anything runs; a key that is no option is one of them. The effective
            options are logged at the start, secrets masked. Durations and sizes carry their unit: `500 ms`, `10 s`, `16 mb`
            (1 kb is 1024 bytes). Everything that concerns Flink itself (state backend, restart strategy, metrics reporters)
            is configured in Flink; what is set there wins over the job's own defaults.
            """;

    private static final int HELP_WIDTH = 80;
    private static final String HELP_INDENT = "        ";

    private ConfigurationDocument() {}

    /** The document, in Markdown. */
    public static String markdown() {
        return INTRODUCTION
                + OptionCatalog.sections().stream()
                        .map(ConfigurationDocument::section)
                        .collect(Collectors.joining());
    }

    /** All options, for a terminal. */
    public static String help() {
        return OptionCatalog.sections().stream()
                .map(ConfigurationDocument::helpSection)
                .collect(Collectors.joining("\n"));
    }

    private static String section(OptionSection section) {
        String head =
                String.format(
                        "\n## %s\n%s\n\n| Key | Default | Value | What it does |\n|---|---|---|---|\n",
                        section.title(), section.introduction());
        return head
                + section.options().stream()
                        .map(ConfigurationDocument::row)
                        .collect(Collectors.joining());
    }

    private static String row(JobOption<?> option) {
        return String.format(
                "| `%s` | %s | %s | %s |\n",
                option.key(),
                defaultCell(option),
                cell(option.domain().description()),
                cell(option.description()));
    }

    private static String defaultCell(JobOption<?> option) {
        if (option.isRequired()) {
            return "**required**";
        }
        return option.defaultText().isEmpty() ? "" : "`" + option.defaultText() + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String helpSection(OptionSection section) {
        return Stream.concat(
                        Stream.of(section.title()),
                        section.options().stream().flatMap(option -> helpLines(option).stream()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> helpLines(JobOption<?> option) {
        String state =
                option.isRequired()
                        ? "required"
                        : option.defaultText().isEmpty()
                                ? "optional"
                                : "default " + option.defaultText();
        String head =
                "--" + option.key() + "  (" + option.domain().description() + "; " + state + ")";
        List<String> lines = new ArrayList<>(wrapped("  ", head));
        lines.addAll(wrapped(HELP_INDENT, option.description()));
        return lines;
    }

    /** Breaks a text between words; lines behind the first have the indent of descriptions. */
    private static List<String> wrapped(String indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > HELP_WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(HELP_INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}

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
package io.frameflow.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was released stays readable. {@code src/test/resources/released} has a folder for each
 * version, with its schemas and one record of each kind in hexadecimal.
 *
 * <p>A schema that changes before its version is released: run this class with {@code
 * -Dschemas.regenerate=true}, which writes the newest folder anew. One that changes afterwards: add
 * a folder for the next version first, and the old schema to the resources that {@link RecordCodec}
 * reads.
 */
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final int HEADER_BYTES = 10;
    private static final SchemaCompatibilityType COMPATIBLE = SchemaCompatibilityType.COMPATIBLE;

    static Stream<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders
                    .sorted(Comparator.comparing(folder -> Version.parse(nameOf(folder))))
                    .toList()
                    .stream();
        }
    }

    static Stream<Arguments> releasedRecords() throws IOException {
        return versions()
                .flatMap(
                        version ->
                                SampleRecords.named().stream()
                                        .filter(
                                                sample ->
                                                        Files.exists(
                                                                schemaFile(
                                                                        version,
                                                                        sample.getPayload())))
                                        .map(sample -> Arguments.of(version, sample)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("releasedRecords")
    void readsRecordsOfEveryVersion(Path version, SpecificRecord sample) throws IOException {
        byte[] bytes = goldenBytes(version, sample);
        // Avro's own reader, with the old schema alone, says what the record holds.
        GenericRecord expected =
                new GenericDatumReader<GenericRecord>(readSchema(version, sample))
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(
                                                bytes,
                                                HEADER_BYTES,
                                                bytes.length - HEADER_BYTES,
                                                null));

        SpecificRecord actual = SampleRecords.codecOf(sample).decode(bytes);

        assertSameContents(expected, actual);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("releasedRecords")
    void staysCompatibleBothWays(Path version, SpecificRecord sample) throws IOException {
        Schema old = readSchema(version, sample);
        Schema current = sample.getSchema();

        assertThat(compatibility(current, old)).as("today's reader").isEqualTo(COMPATIBLE);
        assertThat(compatibility(old, current)).as("yesterday's reader").isEqualTo(COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsTodaysSchemasAndRecords(SpecificRecord sample) throws IOException {
        Path newest = newestVersion();
        String advice = "the schema changed: see the description of " + getClass().getSimpleName();

        assertThat(readSchema(newest, sample)).as(advice).isEqualTo(plain(sample.getSchema()));
        assertThat(SampleRecords.codecOf(sample).encode(sample))
                .as(advice)
                .isEqualTo(goldenBytes(newest, sample));
    }

    static List<Named<SpecificRecord>> samples() {
        return SampleRecords.named();
    }

    @Test
    @EnabledIfSystemProperty(named = "schemas.regenerate", matches = "true")
    void regenerateTheNewestVersion() throws IOException {
        Path newest = newestVersion();
        for (SpecificRecord sample : SampleRecords.all()) {
            Files.copy(
                    Path.of("src/main/avro", sample.getSchema().getName() + ".avsc"),
                    schemaFile(newest, sample),
                    StandardCopyOption.REPLACE_EXISTING);
            String hex = HexFormat.of().formatHex(SampleRecords.codecOf(sample).encode(sample));
            Files.writeString(bytesFile(newest, sample), hex.replaceAll("(.{96})", "$1\n") + "\n");
        }
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
    }

    /** Every field that the old record has and today's schema still knows has the old value. */
    private static void assertSameContents(IndexedRecord expected, IndexedRecord actual) {
        for (Schema.Field field : expected.getSchema().getFields()) {
            Schema.Field today = actual.getSchema().getField(field.name());
            if (today != null) {
                assertSameValue(field.name(), expected.get(field.pos()), actual.get(today.pos()));
            }
        }
    }

    private static void assertSameValue(String name, Object expected, Object actual) {
        if (expected instanceof IndexedRecord record) {
            assertSameContents(record, (IndexedRecord) actual);
        } else if (expected instanceof GenericArray<?> array) {
            List<?> list = (List<?>) actual;
            assertThat(list).as(name).hasSameSizeAs(array);
            for (int i = 0; i < list.size(); i++) {
                assertSameValue(name, array.get(i), list.get(i));
            }
        } else if (expected instanceof Number || expected instanceof ByteBuffer) {
            assertThat(actual).as(name).isEqualTo(expected);
        } else {
            // Strings and symbols have other classes in generic records.
            assertThat(String.valueOf(actual)).as(name).isEqualTo(String.valueOf(expected));
        }
    }

    private static Path newestVersion() throws IOException {
        return versions().reduce((older, newer) -> newer).orElseThrow();
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    private static Path schemaFile(Path version, SpecificRecord sample) {
        return version.resolve(sample.getSchema().getName() + ".avsc");
    }

    private static Path bytesFile(Path version, SpecificRecord sample) {
        return version.resolve(sample.getSchema().getName() + ".hex");
    }

    private static byte[] goldenBytes(Path version, SpecificRecord sample) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(bytesFile(version, sample)).replaceAll("\\s", ""));
    }

    private static Schema readSchema(Path version, SpecificRecord sample) throws IOException {
        return new Schema.Parser().parse(Files.readString(schemaFile(version, sample)));
    }

    /** Without the hints for Java that the generated classes add. */
    private static Schema plain(Schema generated) {
        return new Schema.Parser()
                .parse(
                        generated
                                .toString()
                                .replace(
                                        "{\"type\":\"string\",\"avro.java.string\":\"String\"}",
                                        "\"string\""));
    }
}

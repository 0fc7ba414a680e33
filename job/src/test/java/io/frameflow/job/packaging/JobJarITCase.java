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
package io.frameflow.job.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.job.FrameflowJob;
import io.frameflow.pipeline.FramePipeline;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.flink.client.program.PackagedProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks into the job jar, which Maven has made before integration tests run. */
class JobJarITCase {
    private static final Pattern NATIVE_LIBRARY =
            Pattern.compile(".*\\.(so|dll|dylib|jnilib)(\\.[0-9.]+)?");

    private static Path jar;
    private static Set<String> entries;

    @BeforeAll
    static void list() throws IOException {
        jar =
                Path.of(
                        System.getProperty(
                                "frameflow.job.jar", "not run by Maven: there is no job jar"));
        try (JarFile file = new JarFile(jar.toFile())) {
            entries = file.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        }
    }

    @Test
    void itHoldsNoNativeLibrary() {
        assertThat(entriesLike(entry -> NATIVE_LIBRARY.matcher(entry).matches())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai/onnxruntime/",
                "at/yawk/",
                "com/github/luben/",
                "io/frameflow/cli/",
                "kafka/server/",
                "net/jpountz/",
                "org/apache/flink/api/common/",
                "org/apache/flink/core/",
                "org/apache/flink/runtime/",
                "org/apache/flink/streaming/api/",
                "org/apache/logging/",
                "org/bytedeco/",
                "org/slf4j/",
                "org/snakeyaml/",
                "org/xerial/",
                "picocli/",
            })
    void itHoldsNothingThatTheClusterHasOrTheToolsNeed(String folder) {
        assertThat(entriesLike(entry -> entry.startsWith(folder))).isEmpty();
    }

    @Test
    void itHoldsNoClassOfTheNativeModule() throws Exception {
        Set<String> nativeClasses = classesBeside(FramePipeline.class);

        assertThat(nativeClasses).contains("io/frameflow/pipeline/FramePipeline.class");
        assertThat(entriesLike(nativeClasses::contains)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/LICENSE",
                "META-INF/NOTICE",
                "io/frameflow/job/FrameflowJob.class",
                "io/frameflow/operators/inference/BatchInferenceOperator.class",
                "io/frameflow/schema/Frame.class",
                "org/apache/avro/Schema.class",
                "org/apache/flink/connector/base/DeliveryGuarantee.class",
                "org/apache/flink/connector/kafka/source/KafkaSource.class",
                "org/apache/kafka/clients/consumer/KafkaConsumer.class",
            })
    void itHoldsWhatTheJobNeeds(String needed) {
        assertThat(entriesLike(needed::equals)).containsExactly(needed);
    }

    @Test
    void flinkFindsItsEntryPoint() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(new File(jar.toString()))
                        .setArguments("--help")
                        .build()) {
            assertThat(program.getMainClassName()).isEqualTo(FrameflowJob.class.getName());
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            program.invokeInteractiveModeForExecution();
        } finally {
            System.setOut(standardOutput);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Usage: flink run")
                .contains("--kafka.bootstrap-servers");
    }

    private static List<String> entriesLike(Predicate<String> condition) {
        return entries.stream().filter(condition).sorted().toList();
    }

    /** Class files of the jar or folder that a class comes from. */
    private static Set<String> classesBeside(Class<?> type) throws Exception {
        Path origin = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(origin)) {
            return classesBelow(origin);
        }
        try (FileSystem files = FileSystems.newFileSystem(origin)) {
            return classesBelow(files.getPath("/"));
        }
    }

    private static Set<String> classesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toSet());
        }
    }
}

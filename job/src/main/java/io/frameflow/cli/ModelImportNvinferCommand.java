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
package io.frameflow.cli;

import io.frameflow.cli.nvinfer.NvinferImport;
import io.frameflow.model.Family;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code frameflow model import-nvinfer}: nvinfer's configuration as a model file. */
@Command(
        name = "import-nvinfer",
        description = {
            "Turn a configuration file of DeepStream's nvinfer plugin into a model file.",
            "Keys that nothing here corresponds to are listed on standard error with the reason.",
            ""
        })
final class ModelImportNvinferCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "nvinfer's configuration, as a .txt file.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path file;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            converter = FamilyConverter.class,
            completionCandidates = FamilyCandidates.class,
            description =
                    "How a detector's outputs are laid out, which nvinfer leaves to a parsing"
                            + " function; one of ${COMPLETION-CANDIDATES}.")
    private @Nullable Family family;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model in results. Default: the file's.")
    private @Nullable String name;

    @Option(
            names = "--output",
            paramLabel = "model.yaml",
            description =
                    "Where to write the model file. Default: standard output, with paths that are"
                            + " relative to the folder of FILE.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        NvinferImport.Result result =
                NvinferImport.run(
                        file,
                        output == null ? file : output,
                        name == null ? nameOf(file) : name,
                        family);
        if (output == null) {
            spec.commandLine().getOut().print(result.yaml());
            spec.commandLine().getOut().flush();
        } else {
            write(output, result.yaml());
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "frameflow: %d keys translated, %d not supported%n",
                result.translated(), result.notSupported().size());
        result.notSupported().forEach(note -> err.println("  " + note));
        err.flush();
        return 0;
    }

    private static void write(Path target, String yaml) throws IOException {
        try {
            Files.writeString(target, yaml, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(target + " is there already: it is not overwritten", e);
        }
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The families as they are written. */
    private static final class FamilyCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Family.values()).map(Family::label).iterator();
        }
    }

    /** Reads a family as it is written. */
    private static final class FamilyConverter implements ITypeConverter<Family> {
        @Override
        public Family convert(String value) {
            return Arrays.stream(Family.values())
                    .filter(family -> family.label().equals(value))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'%s' is no family: give one of %s"
                                                    .formatted(
                                                            value,
                                                            Arrays.stream(Family.values())
                                                                    .map(Family::label)
                                                                    .collect(
                                                                            Collectors.joining(
                                                                                    ", ")))));
        }
    }
}

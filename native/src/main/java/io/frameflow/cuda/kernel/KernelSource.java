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
package io.frameflow.cuda.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A kernel file and how it is compiled.
 *
 * @param name base name of the file
 * @param code its text
 * @param types text of the header that all kernel files include
 * @param definitions preprocessor definitions, such as {@code OUTPUT_HALF=1}
 */
record KernelSource(String name, String code, String types, List<String> definitions) {
    /** Name under which kernel files include the shared header. */
    static final String TYPES_HEADER = "types.cuh";

    KernelSource {
        definitions = List.copyOf(definitions);
    }

    /** Reads a kernel file from the class path. */
    static KernelSource load(String name, String... definitions) {
        return new KernelSource(
                name, resource(name + ".cu"), resource(TYPES_HEADER), List.of(definitions));
    }

    /**
     * Options of the compiler. Multiply and add stay apart and divisions exact, so that results
     * equal those of the CPU twins.
     */
    List<String> options(String architecture) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "--gpu-architecture=" + architecture,
                                "--fmad=false",
                                "--std=c++17"),
                        definitions.stream().map(definition -> "-D" + definition))
                .toList();
    }

    /** Names the machine code that comes of it: equal digests, equal code. */
    String digest(String architecture, String compilerVersion) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(code, types, compilerVersion)) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            for (String option : options(architecture)) {
                digest.update(option.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = KernelSource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the kernel file " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the kernel file " + name, e);
        }
    }
}

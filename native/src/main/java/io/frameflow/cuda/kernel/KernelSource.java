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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A kernel file and how it is compiled.
 *
 * @param name base name of the file
 * @param code its text
 * @param headers text of each of {@link #HEADER_NAMES}
 * @param definitions preprocessor definitions, such as {@code OUTPUT_HALF=1}
 */
record KernelSource(String name, String code, List<String> headers, List<String> definitions) {
    /** What kernel files may include. */
    static final List<String> HEADER_NAMES = List.of("types.cuh", "picture.cuh");

    KernelSource {
        headers = List.copyOf(headers);
        definitions = List.copyOf(definitions);
    }

    /** Reads a kernel file from the class path. */
    static KernelSource load(String name, String... definitions) {
        return new KernelSource(
                name,
                resource(name + ".cu"),
                HEADER_NAMES.stream().map(KernelSource::resource).toList(),
                List.of(definitions));
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
            List<String> parts = new ArrayList<>(headers);
            parts.add(code);
            parts.add(compilerVersion);
            parts.addAll(options(architecture));
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
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

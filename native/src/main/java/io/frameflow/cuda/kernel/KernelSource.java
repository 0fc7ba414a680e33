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
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kernel file and how it is compiled.
 *
 * @param name base name of the file
 * @param code its text
 * @param headers text of each file that it includes, or that these include, by name
 * @param definitions preprocessor definitions, such as {@code OUTPUT_HALF=1}
 */
record KernelSource(
        String name, String code, Map<String, String> headers, List<String> definitions) {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.+)\"$");

    KernelSource {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        definitions = List.copyOf(definitions);
    }

    /** Reads a kernel file and what it includes from the class path. */
    static KernelSource load(String name, String... definitions) {
        String code = resource(name + ".cu");
        Map<String, String> headers = new TreeMap<>();
        addIncludes(code, headers);
        return new KernelSource(name, code, headers, List.of(definitions));
    }

    private static void addIncludes(String code, Map<String, String> headers) {
        INCLUDE.matcher(code)
                .results()
                .map(include -> include.group(1))
                .filter(header -> !headers.containsKey(header))
                .toList()
                .forEach(
                        header -> {
                            String text = resource(header);
                            headers.put(header, text);
                            addIncludes(text, headers);
                        });
    }

    /**
     * Options of the compiler. Multiply and add stay apart and divisions exact, so that results
     * equal those of the CPU twins.
     */
    List<String> options(String architecture) {
        return Stream.concat(
                        Stream.of(
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
            List<String> parts = new ArrayList<>(headers.values());
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

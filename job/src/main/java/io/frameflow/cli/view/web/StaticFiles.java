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
package io.frameflow.cli.view.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The page: files of the class path, by name. No other file can be asked for. */
final class StaticFiles {
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("index.html", "text/html; charset=utf-8"),
                    Map.entry("view.css", "text/css; charset=utf-8"),
                    Map.entry("icon.svg", "image/svg+xml"),
                    script("main.js"),
                    script("cameras.js"),
                    script("chart.js"),
                    script("colors.js"),
                    script("controls.js"),
                    script("dom.js"),
                    script("overlay.js"),
                    script("panels.js"),
                    script("runlength.js"),
                    script("stream.js"),
                    script("trails.js"),
                    script("viewer.js"));

    private final Map<String, File> files = new TreeMap<>();

    /** A file with its media type. */
    record File(String type, ByteBuffer bytes) {}

    /** Reads all of them. */
    StaticFiles() {
        TYPES.forEach((name, type) -> files.put(name, new File(type, ByteBuffer.wrap(read(name)))));
    }

    Optional<File> find(String name) {
        return Optional.ofNullable(files.get(name.isEmpty() ? "index.html" : name));
    }

    private static Map.Entry<String, String> script(String name) {
        return Map.entry(name, "text/javascript; charset=utf-8");
    }

    private static byte[] read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

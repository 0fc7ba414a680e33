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
package io.frameflow.reference;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files made by others to check against, in the folder that {@code FRAMEFLOW_REFERENCE_DATA} names.
 * A test that needs one is skipped, visibly, where the folder is absent.
 */
public final class ReferenceData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceData() {}

    /** Path of a file; skips the test if the folder is absent, fails if only the file is. */
    public static Path file(String name) {
        String folder = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeTrue(
                folder != null && Files.isDirectory(Path.of(folder)),
                "no reference data: FRAMEFLOW_REFERENCE_DATA is " + folder);
        Path file = Path.of(folder, name);
        if (!Files.exists(file)) {
            throw new AssertionError("the reference data has no " + name);
        }
        return file;
    }

    /** A file in JSON. */
    public static JsonNode json(String name) throws IOException {
        return JSON.readTree(file(name).toFile());
    }

    /** A file of floats, little endian, as a direct buffer. */
    public static FloatBuffer floats(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        return direct.put(bytes).flip().asFloatBuffer();
    }
}

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
package io.frameflow.job.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Model files that one can change a job over to: all are the same model but for their names. Each
 * has a network file of its own, so that an engine is loaded for each.
 */
public final class SwappableModels {
    // Of ModelProto in ONNX's onnx.proto: a text in Protocol Buffers' encoding.
    private static final int DOC_STRING = 6 << 3 | 2;

    private final Path folder;

    private SwappableModels(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes them.
     *
     * @param folder where to
     * @param modelFile what they are like, except that they have thresholds that {@link
     *     ControlChanges} never sets
     * @param onnx the network
     * @param count how many there are besides the one that a job begins with
     */
    public static SwappableModels write(Path folder, Path modelFile, Path onnx, int count)
            throws IOException {
        SwappableModels models = new SwappableModels(folder);
        byte[] network = Files.readAllBytes(onnx);
        String text =
                without("name", without("onnx", Files.readString(modelFile)))
                        .replaceFirst("(?m)(^ +pre-cluster-threshold:).*", "$1 0.75")
                        .replaceFirst("(?m)(^ +nms-iou-threshold:).*", "$1 0.9");
        for (int number = -1; number < count; number++) {
            String name = number < 0 ? "first" : "other-" + number;
            Files.write(models.network(number), named(network, name));
            String names = "name: %s%nonnx: %s%n".formatted(name, models.network(number));
            Files.writeString(Path.of(models.file(number)), names + text);
        }
        return models;
    }

    private static String without(String key, String yaml) {
        return yaml.replaceFirst("(?m)^" + key + ":.*\\R", "");
    }

    /** A field that stands at the end takes the place of one before, and computes nothing. */
    private static byte[] named(byte[] network, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(network.length + 2 + text.length);
        bytes.writeBytes(network);
        bytes.write(DOC_STRING);
        bytes.write(text.length);
        bytes.writeBytes(text);
        return bytes.toByteArray();
    }

    /** The model file of a number; that of -1 is the one to begin with. */
    public String file(int number) {
        return folder.resolve("model" + number + ".yaml").toString();
    }

    /** The network of a number. */
    public Path network(int number) {
        return folder.resolve("network" + number + ".onnx");
    }
}

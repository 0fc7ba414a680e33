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
package io.frameflow.model;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.yaml.Problems;
import io.frameflow.yaml.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads model files. Everything that is wrong with a file is told at once, with line, key and what
 * was expected.
 */
public final class ModelFileReader {
    /** Longest file that is read; a thousand labels need a tenth of it. */
    static final int MOST_BYTES = 1 << 18;

    private ModelFileReader() {}

    /**
     * Reads a model file that names its network.
     *
     * @param file the model file
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL_FILE} if it cannot be read,
     *     is not valid, or names files that are not there
     */
    public static ModelFile read(Path file) {
        return parse(file, null);
    }

    /**
     * Reads a model file and uses another network than it names, if it names one.
     *
     * @param file the model file
     * @param onnx the network
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL_FILE} if the file cannot be
     *     read or is not valid, or the network is not there
     */
    public static ModelFile read(Path file, Path onnx) {
        if (!Files.isRegularFile(onnx)) {
            throw failure("there is no network " + onnx.toAbsolutePath());
        }
        return parse(file, onnx);
    }

    private static ModelFile parse(Path file, @Nullable Path onnx) {
        String text =
                YamlFiles.text(file, MOST_BYTES, "model file", FailureCode.INVALID_MODEL_FILE);
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? Path.of("") : parent;
        Problems problems = new Problems();
        ModelFile model = new ModelFileParser(folder, onnx, problems).parse(text);
        if (model == null) {
            throw failure("model file " + file + " has " + problems.describe());
        }
        return model;
    }

    private static FrameflowException failure(String message) {
        return new FrameflowException(FailureCode.INVALID_MODEL_FILE, message);
    }
}

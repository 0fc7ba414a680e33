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
package io.frameflow.cli.engine;

import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a model. */
public class ModelOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "model.yaml",
            description = "Model file.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path model;

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "ONNX file to use instead of the one that the model file names.")
    private @Nullable Path onnx;

    /** For commands, and for sets of options that contain these. */
    protected ModelOptions() {}

    /** The model file. */
    public final Path model() {
        return model;
    }

    /** The network to use instead of the model file's; null for that. */
    public final @Nullable Path onnx() {
        return onnx;
    }

    /**
     * Reads the model file.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL_FILE}
     */
    public final ModelFile read() {
        return onnx == null ? ModelFileReader.read(model) : ModelFileReader.read(model, onnx);
    }
}

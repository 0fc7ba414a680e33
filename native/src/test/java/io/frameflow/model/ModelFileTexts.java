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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Model files of a test, in a folder with an empty network. */
abstract class ModelFileTexts {
    static final String LEAST =
            """
            name: detector
            task: detection
            family: yolov8
            onnx: network.onnx
            input:
              width: 640
              height: 480
            """;

    @TempDir Path folder;

    @BeforeEach
    void makeNetwork() throws IOException {
        Files.write(folder.resolve("network.onnx"), new byte[] {1});
    }

    ModelFile read(String text) throws IOException {
        return ModelFileReader.read(Files.writeString(folder.resolve("model.yaml"), text));
    }

    String failure(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("model.yaml"), text);
        FrameflowException failure =
                catchThrowableOfType(FrameflowException.class, () -> ModelFileReader.read(file));
        assertThat(failure).as("failure of %s", text).isNotNull();
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL_FILE);
        return failure.getMessage();
    }
}

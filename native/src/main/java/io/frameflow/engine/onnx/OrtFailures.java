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
package io.frameflow.engine.onnx;

import ai.onnxruntime.OrtException;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.file.Path;

/** Says what ONNX Runtime's errors mean for whoever gave the network. */
final class OrtFailures {
    private OrtFailures() {}

    /** A network that cannot be loaded. */
    static FrameflowException loading(Path network, OrtException e) {
        String reason =
                switch (e.getCode()) {
                    case ORT_INVALID_PROTOBUF -> "it is not an ONNX file";
                    case ORT_NOT_IMPLEMENTED -> "it has an operator that this engine lacks";
                    default -> "export it again, or use another version of it";
                };
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "cannot load the network " + network + ": " + reason + " (" + e.getMessage() + ")",
                e);
    }

    /** A batch that failed in the engine. */
    static FrameflowException running(int images, OrtException e) {
        String message = String.valueOf(e.getMessage());
        boolean memory = message.contains("Failed to allocate") || message.contains("bad_alloc");
        return new FrameflowException(
                memory ? FailureCode.OUT_OF_MEMORY : FailureCode.ENGINE_FAILED,
                "ONNX Runtime failed on a batch of " + images + ": " + message,
                e);
    }
}

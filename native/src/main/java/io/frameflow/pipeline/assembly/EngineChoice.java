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
package io.frameflow.pipeline.assembly;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which engine is to run the network. */
public enum EngineChoice {
    /** The fastest that the machine can run. Which one that was is logged. */
    AUTO,
    /** ONNX Runtime on the CPU. */
    ONNXRUNTIME,
    /** TensorRT on a GPU. */
    TENSORRT;

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice that users write so; empty if there is none. */
    public static Optional<EngineChoice> ofLabel(String label) {
        return Arrays.stream(values()).filter(choice -> choice.label().equals(label)).findFirst();
    }
}

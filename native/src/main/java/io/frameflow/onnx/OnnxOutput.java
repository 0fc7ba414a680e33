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
package io.frameflow.onnx;

import java.util.List;

/**
 * A tensor of single precision that a network shall end at. Its first dimension is that of the
 * network's input.
 *
 * @param name its name
 * @param shape its dimensions behind the first, {@link #OPEN} for one that is not fixed; empty if
 *     they are not known
 */
public record OnnxOutput(String name, List<Integer> shape) {
    /** A dimension that is not fixed. */
    public static final int OPEN = -1;

    /** Copies the list. */
    public OnnxOutput {
        shape = List.copyOf(shape);
    }

    /** An output whose shape is not known. */
    public static OnnxOutput of(String name) {
        return new OnnxOutput(name, List.of());
    }
}

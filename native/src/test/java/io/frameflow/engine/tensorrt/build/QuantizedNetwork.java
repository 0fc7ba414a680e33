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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.onnx.OnnxFile;

/** A network that says itself how it is quantised. */
final class QuantizedNetwork {
    /** Steps of the bytes: the input lies between 0 and 1. */
    static final float SCALE = 1 / 127f;

    private QuantizedNetwork() {}

    /** Sigmoid of the input in bytes, {@code [batch, 3, side, side]} to {@code [batch, 6, n]}. */
    static byte[] sigmoid(int side) {
        return new OnnxFile()
                .input("images", OnnxFile.FLOAT, OnnxFile.OPEN, 3, side, side)
                .scalar("scale", SCALE)
                .zeroByte("zero")
                .integers("shape", 0, 6, -1)
                .node("QuantizeLinear", "bytes", "images", "scale", "zero")
                .node("DequantizeLinear", "numbers", "bytes", "scale", "zero")
                .node("Sigmoid", "squeezed", "numbers")
                .node("Reshape", "output0", "squeezed", "shape")
                .output("output0", OnnxFile.FLOAT, OnnxFile.OPEN, OnnxFile.OPEN, OnnxFile.OPEN)
                .bytes();
    }
}

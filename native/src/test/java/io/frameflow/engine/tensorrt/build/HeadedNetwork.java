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

/** A network with a body and a head. */
final class HeadedNetwork {
    private static final float[] UNCHANGED = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private HeadedNetwork() {}

    /**
     * Sigmoid of the input behind two convolutions that change nothing, {@code [batch, 3, side,
     * side]} to {@code [batch, 6, n]}.
     */
    static byte[] sigmoid(int side) {
        return new OnnxFile()
                .input("images", OnnxFile.FLOAT, OnnxFile.OPEN, 3, side, side)
                .pixelWeights("weights", 3, 3, UNCHANGED)
                .integers("shape", 0, 6, -1)
                .node("Conv", "stem", "images", "weights")
                .node("Relu", "features", "stem")
                .node("Conv", "raw", "features", "weights")
                .node("Sigmoid", "squeezed", "raw")
                .node("Reshape", "output0", "squeezed", "shape")
                .output("output0", OnnxFile.FLOAT, OnnxFile.OPEN, OnnxFile.OPEN, OnnxFile.OPEN)
                .bytes();
    }
}

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

import io.frameflow.onnx.WireMessage;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The operators of an ONNX file: what must be known about a network before TensorRT parses it. Only
 * their names are read; what the file is worth is for the parser to say.
 */
final class OnnxOperators {
    /** Field of ModelProto in onnx.proto. */
    private static final int GRAPH = 7;

    /** Field of GraphProto. */
    private static final int NODE = 1;

    /** Field of NodeProto. */
    private static final int OP_TYPE = 4;

    private OnnxOperators() {}

    /**
     * Names of all operators of the graph; those of graphs within nodes are left out.
     *
     * @return nothing if the bytes are no ONNX file
     */
    static Set<String> of(ByteBuffer model) {
        try {
            return WireMessage.of(model).messages(GRAPH).stream()
                    .flatMap(graph -> graph.messages(NODE).stream())
                    .map(node -> node.text(OP_TYPE))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }

    /** Whether tensors are quantised by operators of the network itself. */
    static boolean quantize(ByteBuffer model) {
        Set<String> names = of(model);
        return names.contains("QuantizeLinear") || names.contains("DequantizeLinear");
    }
}

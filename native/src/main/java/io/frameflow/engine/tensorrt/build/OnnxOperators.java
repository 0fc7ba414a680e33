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

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The operators of an ONNX file: what must be known about a network before TensorRT parses it. Only
 * their names are read, by the encoding of protocol buffers; what the file is worth is for the
 * parser to say.
 */
final class OnnxOperators {
    /** Field of ModelProto in onnx.proto. */
    private static final int GRAPH = 7;

    /** Field of GraphProto. */
    private static final int NODE = 1;

    /** Field of NodeProto. */
    private static final int OP_TYPE = 4;

    private static final int WIRE_BITS = 3;
    private static final int WIRE_MASK = 7;
    private static final int LONGEST_VARINT = 63;

    private OnnxOperators() {}

    /**
     * Names of all operators of the graph; those of graphs within nodes are left out.
     *
     * @return nothing if the bytes are no ONNX file
     */
    static Set<String> of(ByteBuffer model) {
        Set<String> names = new TreeSet<>();
        try {
            each(
                    model.duplicate(),
                    GRAPH,
                    graph ->
                            each(
                                    graph,
                                    NODE,
                                    node -> each(node, OP_TYPE, text -> names.add(text(text)))));
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            return Set.of();
        }
        return names;
    }

    /** Whether tensors are quantised by operators of the network itself. */
    static boolean quantize(ByteBuffer model) {
        Set<String> names = of(model);
        return names.contains("QuantizeLinear") || names.contains("DequantizeLinear");
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Shows the contents of every field of a number that has a length. */
    private static void each(ByteBuffer message, int wanted, Consumer<ByteBuffer> visitor) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            switch ((int) tag & WIRE_MASK) {
                case 0 -> varint(message);
                case 1 -> skip(message, Long.BYTES);
                case 2 -> {
                    int length = Math.toIntExact(varint(message));
                    int start = message.position();
                    skip(message, length);
                    if (tag >>> WIRE_BITS == wanted) {
                        visitor.accept(message.slice(start, length));
                    }
                }
                case 5 -> skip(message, Integer.BYTES);
                default -> throw new IllegalArgumentException("no protocol buffer");
            }
        }
    }

    private static void skip(ByteBuffer message, int bytes) {
        if (bytes < 0 || bytes > message.remaining()) {
            throw new BufferUnderflowException();
        }
        message.position(message.position() + bytes);
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift <= LONGEST_VARINT; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protocol buffer");
    }
}

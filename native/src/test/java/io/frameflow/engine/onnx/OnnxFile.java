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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes small networks for tests, in ONNX's protocol buffer format (onnx.proto of ONNX 1.17,
 * intermediate representation 8, operator set 13).
 */
public final class OnnxFile {
    /** ONNX's number for single precision. */
    public static final int FLOAT = 1;

    /** ONNX's number for signed bytes. */
    public static final int INT8 = 3;

    /** ONNX's number for 64-bit integers. */
    public static final int INT64 = 7;

    /** ONNX's number for half precision. */
    public static final int FLOAT16 = 10;

    /** An open dimension. */
    public static final int OPEN = -1;

    private final Message graph = new Message();

    /** An empty network. */
    public OnnxFile() {
        graph.text(2, "test");
    }

    /** A network that gives its input's numbers in another shape; 0 keeps a dimension. */
    public static byte[] reshaping(int[] input, int... output) {
        return new OnnxFile()
                .input("images", FLOAT, input)
                .integers("shape", output)
                .node("Reshape", "output0", "images", "shape")
                .output("output0", FLOAT, OPEN, OPEN, OPEN)
                .bytes();
    }

    /** Adds an input. */
    public OnnxFile input(String name, int type, int... shape) {
        graph.message(11, value(name, type, shape));
        return this;
    }

    /** Adds an output. */
    public OnnxFile output(String name, int type, int... shape) {
        graph.message(12, value(name, type, shape));
        return this;
    }

    /** Adds a constant list of integers. */
    public OnnxFile integers(String name, int... values) {
        Message tensor = new Message().number(1, values.length).number(2, INT64);
        for (int value : values) {
            tensor.number(7, value);
        }
        graph.message(5, tensor.text(8, name));
        return this;
    }

    /** Adds a constant number of single precision. */
    public OnnxFile scalar(String name, float value) {
        // raw_data, in little-endian order; no dims for a scalar.
        byte[] bytes =
                ByteBuffer.allocate(Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(value)
                        .array();
        graph.message(5, new Message().number(2, FLOAT).text(8, name).bytes(9, bytes));
        return this;
    }

    /** Adds a constant of single precision. */
    public OnnxFile floats(String name, int[] shape, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Message tensor = new Message();
        for (int size : shape) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, bytes.array()));
        return this;
    }

    /** Adds the weights of a convolution over single pixels. */
    public OnnxFile pixelWeights(String name, int outputs, int inputs, float... values) {
        return floats(name, new int[] {outputs, inputs, 1, 1}, values);
    }

    /** Adds a constant zero of one signed byte: the zero point of symmetric quantisation. */
    public OnnxFile zeroByte(String name) {
        graph.message(5, new Message().number(2, INT8).text(8, name).bytes(9, new byte[1]));
        return this;
    }

    /** Adds an operator with one output and without attributes. */
    public OnnxFile node(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        graph.message(1, node.text(2, output).text(4, operator));
        return this;
    }

    /** Adds an operator with one attribute of whole numbers. */
    public OnnxFile node(
            String operator, List<String> outputs, List<String> inputs, String key, int... values) {
        Message attribute = new Message().text(1, key);
        for (int value : values) {
            attribute.number(8, value);
        }
        return node(operator, outputs, inputs, attribute.number(20, 7));
    }

    /** Adds an operator on an axis. */
    public OnnxFile axisNode(String operator, List<String> outputs, List<String> inputs, int axis) {
        Message attribute = new Message().text(1, "axis").number(3, axis).number(20, 2);
        return node(operator, outputs, inputs, attribute);
    }

    private OnnxFile node(
            String operator, List<String> outputs, List<String> inputs, Message attribute) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        graph.message(1, node.text(4, operator).message(5, attribute));
        return this;
    }

    /** Adds a conversion to another type. */
    public OnnxFile cast(String output, String input, int type) {
        Message attribute = new Message().text(1, "to").number(3, type).number(20, 2);
        graph.message(
                1,
                new Message().text(1, input).text(2, output).text(4, "Cast").message(5, attribute));
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        Message operators = new Message().text(1, "").number(2, 13);
        return new Message().number(1, 8).message(7, graph).message(8, operators).bytes();
    }

    private static Message value(String name, int type, int... shape) {
        Message dimensions = new Message();
        for (int i = 0; i < shape.length; i++) {
            Message size = new Message();
            dimensions.message(
                    1, shape[i] == OPEN ? size.text(2, "d" + i) : size.number(1, shape[i]));
        }
        Message tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message in the encoding of protocol buffers. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        private Message bytes(int field, byte[] value) {
            varint((field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}

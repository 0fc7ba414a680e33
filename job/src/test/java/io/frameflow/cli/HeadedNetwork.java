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
package io.frameflow.cli;

import io.frameflow.onnx.WireWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A detector in ONNX's format: one scale of one cell, one anchor and one class for an input of 8 x
 * 8, decoded as YOLOv5 does.
 */
final class HeadedNetwork {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INTEGERS = 7;
    private static final int SIDE = 8;
    private static final int CHANNELS = 6;

    private HeadedNetwork() {}

    /** A network whose anchor has these sides. */
    static byte[] bytes(float width, float height) {
        float[] weights = new float[CHANNELS * 3];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 5 - 2;
        }
        WireWriter strides = new WireWriter().text(1, "strides").number(8, SIDE).number(8, SIDE);
        WireWriter graph =
                new WireWriter()
                        .message(
                                1,
                                node("Conv", "raw", "images", "weights")
                                        .message(5, strides.number(20, INTEGERS)))
                        .message(1, node("Sigmoid", "s", "raw"))
                        .message(1, node("Mul", "first", "s", "square"))
                        .message(1, node("Add", "second", "first", "factor"))
                        .message(1, node("Mul", "third", "second", "s"))
                        .message(1, node("Add", "fourth", "third", "constant"))
                        .message(1, node("Reshape", "output", "fourth", "shape"))
                        .text(2, "headed")
                        .message(5, floats("weights", new int[] {CHANNELS, 3, 1, 1}, weights))
                        .message(5, channels("square", 0, 0, 4 * width, 4 * height, 0, 0))
                        .message(5, channels("factor", 2 * SIDE, 2 * SIDE, 0, 0, 1, 1))
                        .message(5, channels("constant", -SIDE / 2f, -SIDE / 2f, 0, 0, 0, 0))
                        .message(5, shape())
                        .message(11, value("images", 1, 3, SIDE, SIDE))
                        .message(12, value("output", 1, 1, CHANNELS));
        WireWriter operators = new WireWriter().text(1, "").number(2, 13);
        return new WireWriter().number(1, 8).message(7, graph).message(8, operators).bytes();
    }

    private static WireWriter node(String operator, String output, String... inputs) {
        WireWriter node = new WireWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static WireWriter channels(String name, float... values) {
        return floats(name, new int[] {1, CHANNELS, 1, 1}, values);
    }

    private static WireWriter floats(String name, int[] shape, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        WireWriter tensor = new WireWriter();
        for (int size : shape) {
            tensor.number(1, size);
        }
        return tensor.number(2, FLOAT).text(8, name).bytes(9, bytes.array());
    }

    private static WireWriter shape() {
        WireWriter tensor = new WireWriter().number(1, 3).number(2, INT64);
        return tensor.number(7, 0).number(7, 1).number(7, CHANNELS).text(8, "shape");
    }

    private static WireWriter value(String name, int... shape) {
        WireWriter dimensions = new WireWriter();
        for (int size : shape) {
            dimensions.message(1, new WireWriter().number(1, size));
        }
        WireWriter tensor = new WireWriter().number(1, FLOAT).message(2, dimensions);
        return new WireWriter().text(1, name).message(2, new WireWriter().message(1, tensor));
    }
}

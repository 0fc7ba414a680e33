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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A network in ONNX's format that gives its input back: [1, 3, height, width] to the same. */
final class IdentityNetwork {
    private static final int FLOAT = 1;
    private static final int INTERMEDIATE_REPRESENTATION = 8;
    private static final int OPERATOR_SET = 13;

    private IdentityNetwork() {}

    static byte[] bytes(int height, int width) {
        byte[] node = join(text(1, "images"), text(2, "output"), text(4, "Identity"));
        byte[] graph =
                join(
                        field(1, node),
                        text(2, "identity"),
                        field(11, value("images", 1, 3, height, width)),
                        field(12, value("output", 1, 3, height, width)));
        return join(
                number(1, INTERMEDIATE_REPRESENTATION),
                field(7, graph),
                field(8, join(text(1, ""), number(2, OPERATOR_SET))));
    }

    private static byte[] value(String name, int... shape) {
        byte[] dimensions = {};
        for (int size : shape) {
            dimensions = join(dimensions, field(1, number(1, size)));
        }
        byte[] tensor = join(number(1, FLOAT), field(2, dimensions));
        return join(text(1, name), field(2, field(1, tensor)));
    }

    private static byte[] text(int field, String value) {
        return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A field of less than 128 bytes, or of less than 16384. */
    private static byte[] field(int field, byte[] value) {
        return join(varint((field << 3) | 2), varint(value.length), value);
    }

    private static byte[] number(int field, int value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] varint(int value) {
        return value < 128
                ? new byte[] {(byte) value}
                : new byte[] {(byte) ((value & 127) | 128), (byte) (value >> 7)};
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}

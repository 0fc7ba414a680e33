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
package io.frameflow.result;

import java.util.List;
import java.util.Locale;

/**
 * One output of a network for one frame, as the network gave it.
 *
 * <p>The array is not copied: whoever makes an instance hands it over and no longer writes to it,
 * whoever reads it does not change it.
 */
public final class RawTensor {
    /** Type of a tensor's elements. */
    public enum DataType {
        /** IEEE 754 single precision. */
        FLOAT32(4),
        /** IEEE 754 half precision. */
        FLOAT16(2),
        /** Signed 64-bit integer. */
        INT64(8),
        /** Signed 32-bit integer. */
        INT32(4),
        /** Signed byte. */
        INT8(1),
        /** Unsigned byte. */
        UINT8(1);

        private final int bytes;

        DataType(int bytes) {
            this.bytes = bytes;
        }

        /** Size of an element. */
        public int bytes() {
            return bytes;
        }

        /** The name as it stands in output: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String name;
    private final DataType type;
    private final List<Integer> shape;
    private final byte[] data;

    /**
     * A tensor.
     *
     * @param name name of the output in the network
     * @param type type of its elements
     * @param shape its dimensions without the batch, the outermost first
     * @param data the elements in row-major order, little-endian
     * @throws IllegalArgumentException if the data is not as long as type and shape say
     */
    public RawTensor(String name, DataType type, List<Integer> shape, byte[] data) {
        long elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        if (elements * type.bytes() != data.length) {
            throw new IllegalArgumentException(
                    "%s %s%s has %d bytes".formatted(name, type, shape, data.length));
        }
        this.name = name;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data;
    }

    /** Name of the output in the network. */
    public String name() {
        return name;
    }

    /** Type of the elements. */
    public DataType type() {
        return type;
    }

    /** Dimensions without the batch, the outermost first. */
    public List<Integer> shape() {
        return shape;
    }

    /** The elements in row-major order, little-endian. */
    public byte[] data() {
        return data;
    }
}

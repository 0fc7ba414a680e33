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
package io.frameflow.engine.tensorrt;

import io.frameflow.engine.HalfFloat;
import io.frameflow.engine.TensorInfo;
import java.nio.ByteBuffer;

/** Reads and writes the numbers of a tensor, whatever their type, in native byte order. */
final class TensorNumbers {
    private final TensorInfo tensor;

    TensorNumbers(TensorInfo tensor) {
        this.tensor = tensor;
    }

    float get(ByteBuffer contents, int index) {
        return switch (tensor.type()) {
            case FLOAT32 -> contents.getFloat(index * Float.BYTES);
            case FLOAT16 -> HalfFloat.toFloat(contents.getShort(index * Short.BYTES));
            case UINT8 -> contents.get(index) & 0xff;
            case INT8 -> contents.get(index);
            case INT32 -> contents.getInt(index * Integer.BYTES);
            case INT64 -> contents.getLong(index * Long.BYTES);
            case OTHER -> throw new IllegalArgumentException("cannot read " + tensor);
        };
    }

    /** Writes a number; whole numbers lose what is behind the point. */
    void put(ByteBuffer contents, int index, float value) {
        switch (tensor.type()) {
            case FLOAT32 -> contents.putFloat(index * Float.BYTES, value);
            case FLOAT16 -> contents.putShort(index * Short.BYTES, HalfFloat.of(value));
            case UINT8, INT8 -> contents.put(index, (byte) value);
            case INT32 -> contents.putInt(index * Integer.BYTES, (int) value);
            case INT64 -> contents.putLong(index * Long.BYTES, (long) value);
            case OTHER -> throw new IllegalArgumentException("cannot fill " + tensor);
        }
    }
}

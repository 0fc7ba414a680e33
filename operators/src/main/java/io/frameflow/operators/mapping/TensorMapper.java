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
package io.frameflow.operators.mapping;

import io.frameflow.result.RawTensor;
import io.frameflow.result.RawTensor.DataType;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.TensorDataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns raw outputs of a network into their part of the record. */
final class TensorMapper {
    private TensorMapper() {}

    /** All of them, in their order. */
    static List<Tensor> tensors(List<RawTensor> tensors) {
        List<Tensor> mapped = new ArrayList<>(tensors.size());
        for (RawTensor tensor : tensors) {
            mapped.add(
                    new Tensor(
                            tensor.name(),
                            dataType(tensor.type()),
                            tensor.shape(),
                            ByteBuffer.wrap(tensor.data())));
        }
        return mapped;
    }

    private static TensorDataType dataType(DataType type) {
        return switch (type) {
            case FLOAT32 -> TensorDataType.FLOAT32;
            case FLOAT16 -> TensorDataType.FLOAT16;
            case INT64 -> TensorDataType.INT64;
            case INT32 -> TensorDataType.INT32;
            case INT8 -> TensorDataType.INT8;
            case UINT8 -> TensorDataType.UINT8;
        };
    }
}

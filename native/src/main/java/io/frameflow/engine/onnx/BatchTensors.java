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

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.resource.Rollback;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Input and outputs of one run, as views of a part of an execution's memory. */
final class BatchTensors implements AutoCloseable {
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    private BatchTensors(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Views of {@code images} images from image {@code first} on. */
    static BatchTensors of(
            OrtEnvironment environment,
            NetworkShape network,
            FloatBuffer input,
            List<FloatBuffer> outputs,
            int first,
            int images)
            throws OrtException {
        NetworkSignature signature = network.signature();
        try (Rollback rollback = new Rollback()) {
            TensorInfo in = signature.input();
            OnnxTensor source = rollback.add(view(environment, in, false, input, first, images));
            Map<String, OnnxTensor> targets = new LinkedHashMap<>();
            for (int i = 0; i < outputs.size(); i++) {
                TensorInfo out = signature.outputs().get(i);
                targets.put(
                        out.name(),
                        rollback.add(
                                view(
                                        environment,
                                        out,
                                        network.merged().contains(out.name()),
                                        outputs.get(i),
                                        first,
                                        images)));
            }
            rollback.commit();
            return new BatchTensors(Map.of(in.name(), source), targets);
        }
    }

    private static OnnxTensor view(
            OrtEnvironment environment,
            TensorInfo tensor,
            boolean merged,
            FloatBuffer memory,
            int first,
            int images)
            throws OrtException {
        int each = tensor.elementsPerImage();
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        shape[0] = images;
        if (merged) {
            shape = Arrays.copyOfRange(shape, 1, shape.length);
            shape[0] *= images;
        }
        return OnnxTensor.createTensor(
                environment, memory.slice(first * each, images * each), shape);
    }

    Map<String, OnnxTensor> inputs() {
        return inputs;
    }

    Map<String, OnnxTensor> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}

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

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.ValueInfo;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.resource.HostBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a network takes and gives. The shapes that networks declare for their outputs are
 * often open and sometimes wrong, therefore it runs the network on one black image, and on two if
 * the batch is open, and believes what comes out.
 */
final class SignatureReader {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureReader.class);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Path network;
    private final InputSpec spec;

    SignatureReader(OrtEnvironment environment, OrtSession session, Path network, InputSpec spec) {
        this.environment = environment;
        this.session = session;
        this.network = network;
        this.spec = spec;
    }

    NetworkSignature read() throws OrtException {
        TensorInfo declared = input();
        int batch = declared.dimension(0);
        if (batch != TensorInfo.DYNAMIC) {
            return signature(declared, probe(declared, batch), BatchRange.exactly(batch));
        }
        List<TensorInfo> single = probe(declared, 1);
        if (takesSeveral(declared, single)) {
            return signature(declared, single, BatchRange.ANY);
        }
        LOG.warn(
                "Network {} declares an open batch size but gives no results by image for two of"
                        + " them; it runs image by image. Outputs for one: {}",
                network,
                single);
        return signature(declared, single, BatchRange.exactly(1));
    }

    private NetworkSignature signature(
            TensorInfo declared, List<TensorInfo> outputs, BatchRange batch) {
        int first = batch.equals(BatchRange.ANY) ? TensorInfo.DYNAMIC : batch.least();
        TensorInfo input =
                new TensorInfo(
                        declared.name(),
                        declared.type(),
                        List.of(first, Normalization.CHANNELS, spec.height(), spec.width()));
        return new NetworkSignature(
                input, outputs.stream().map(output -> withBatch(output, first)).toList(), batch);
    }

    private static TensorInfo withBatch(TensorInfo tensor, int batch) {
        List<Integer> shape = new ArrayList<>(tensor.shape());
        shape.set(0, batch);
        return new TensorInfo(tensor.name(), tensor.type(), shape);
    }

    /** The one input, checked against the model file. */
    private TensorInfo input() throws OrtException {
        List<TensorInfo> inputs = new ArrayList<>();
        for (NodeInfo node : session.getInputInfo().values()) {
            inputs.add(tensor(node.getName(), node.getInfo()));
        }
        String expected =
                ElementType.FLOAT32.label()
                        + List.of("batch", Normalization.CHANNELS, spec.height(), spec.width());
        if (inputs.size() != 1) {
            throw unfit("needs one input, " + expected + ", but has " + inputs);
        }
        TensorInfo input = inputs.get(0);
        boolean fits =
                input.type() == ElementType.FLOAT32
                        && input.rank() == 4
                        && isOpenOr(Normalization.CHANNELS, input.dimension(1))
                        && isOpenOr(spec.height(), input.dimension(2))
                        && isOpenOr(spec.width(), input.dimension(3));
        if (!fits) {
            throw unfit("input is " + input + ", expected " + expected);
        }
        return input;
    }

    private static boolean isOpenOr(int expected, int size) {
        return size == expected || size == TensorInfo.DYNAMIC;
    }

    /** Whether two images give twice as much of every output as one does. */
    private boolean takesSeveral(TensorInfo input, List<TensorInfo> single) {
        try {
            List<TensorInfo> pair = probe(input, 2);
            for (int i = 0; i < single.size(); i++) {
                if (!pair.get(i).equals(withBatch(single.get(i), 2))
                        || single.get(i).dimension(0) != 1) {
                    return false;
                }
            }
            return true;
        } catch (OrtException e) {
            LOG.warn("Network {} fails on two images at once: {}", network, e.getMessage());
            return false;
        }
    }

    /** Shapes of the outputs for a batch of black images. */
    private List<TensorInfo> probe(TensorInfo input, int images) throws OrtException {
        long[] shape = {images, Normalization.CHANNELS, spec.height(), spec.width()};
        int elements = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        try (HostBuffer memory = new HostBuffer(Math.multiplyExact(elements, Float.BYTES));
                OnnxTensor tensor = OnnxTensor.createTensor(environment, memory.floats(), shape);
                OrtSession.Result result = session.run(Map.of(input.name(), tensor))) {
            List<TensorInfo> outputs = new ArrayList<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.add(checked(tensor(output.getKey(), output.getValue().getInfo())));
            }
            return outputs;
        }
    }

    private TensorInfo checked(TensorInfo output) {
        boolean usable =
                output.type() == ElementType.FLOAT32
                        && output.rank() > 0
                        && output.shape().stream().allMatch(size -> size > 0);
        if (!usable) {
            throw unfit("output is " + output + ", expected float32 with the batch first");
        }
        return output;
    }

    private static TensorInfo tensor(String name, ValueInfo info) {
        if (!(info instanceof ai.onnxruntime.TensorInfo tensor)) {
            return new TensorInfo(name, ElementType.OTHER, List.of());
        }
        List<Integer> shape =
                Arrays.stream(tensor.getShape())
                        .mapToObj(size -> size < 0 ? TensorInfo.DYNAMIC : Math.toIntExact(size))
                        .collect(Collectors.toList());
        return new TensorInfo(name, type(tensor.onnxType), shape);
    }

    private static ElementType type(ai.onnxruntime.TensorInfo.OnnxTensorType type) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FLOAT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
            default -> ElementType.OTHER;
        };
    }

    private FrameflowException unfit(String message) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "network "
                        + network
                        + ": "
                        + message
                        + "; correct the model file's input, or export the network accordingly");
    }
}

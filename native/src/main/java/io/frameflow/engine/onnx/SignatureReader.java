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
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a network takes and gives. The shapes that networks declare for their outputs are
 * often open and sometimes wrong, therefore it runs the network on one image, and on two if the
 * batch is open, and believes what comes out.
 */
final class SignatureReader {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureReader.class);

    /** Of numbers that are the same but for the order of additions. */
    private static final float TOLERANCE = 1e-3f;

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

    NetworkShape read() throws OrtException {
        TensorInfo declared = input();
        int batch = declared.dimension(0);
        if (batch != TensorInfo.DYNAMIC) {
            List<Probed> outputs = probe(declared, new boolean[batch]);
            return shape(declared, outputs, BatchRange.exactly(batch));
        }
        List<Probed> single = probe(declared, false);
        if (takesSeveral(declared, single)) {
            return shape(declared, single, BatchRange.ANY);
        }
        LOG.warn(
                "Network {} declares an open batch size but gives no results by image for two of"
                        + " them; it runs image by image. Outputs for one: {}",
                network,
                single);
        return shape(declared, single, BatchRange.exactly(1));
    }

    private NetworkShape shape(TensorInfo declared, List<Probed> outputs, BatchRange batch)
            throws OrtException {
        int first = batch.equals(BatchRange.ANY) ? TensorInfo.DYNAMIC : batch.least();
        TensorInfo input =
                new TensorInfo(
                        declared.name(),
                        declared.type(),
                        List.of(first, Normalization.CHANNELS, spec.height(), spec.width()));
        Set<String> merged = new HashSet<>();
        List<TensorInfo> infos = new ArrayList<>();
        for (Probed output : outputs) {
            if (output.isMerged()) {
                requireWholeImages(output);
                merged.add(output.info().name());
            }
            infos.add(withBatch(output.byImage(), first));
        }
        if (!merged.isEmpty() && batch.equals(BatchRange.exactly(1))) {
            requireSameShapes(outputs, probe(declared, true));
        }
        return new NetworkShape(new NetworkSignature(input, infos, batch), merged);
    }

    private void requireWholeImages(Probed output) {
        if (output.info().dimension(0) % output.images() != 0) {
            throw unfit(
                    "output is %s for %d images, expected is the batch first"
                            .formatted(output.info(), output.images()));
        }
    }

    /** An output without a batch dimension may be one whose length depends on the picture. */
    private void requireSameShapes(List<Probed> black, List<Probed> patterned) {
        for (int i = 0; i < black.size(); i++) {
            TensorInfo output = black.get(i).info();
            TensorInfo other = patterned.get(i).info();
            if (!output.equals(other)) {
                throw unfit(
                        "the shape of output %s depends on the picture: another one gives %s;"
                                        .formatted(output, other)
                                + " expected is a shape that is known before");
            }
        }
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

    /**
     * Whether two images give what each of them gives alone, one behind the other. Shapes tell it
     * where the batch is a dimension of its own. Where the images are merged into the first
     * dimension they could also be interleaved, therefore the numbers are compared there.
     */
    private boolean takesSeveral(TensorInfo input, List<Probed> single) {
        try {
            List<Probed> pair = probe(input, false, true);
            for (int i = 0; i < single.size(); i++) {
                TensorInfo one = single.get(i).info();
                if (!pair.get(i).info().equals(withBatch(one, 2 * one.dimension(0)))) {
                    return false;
                }
            }
            return single.stream().noneMatch(Probed::isMerged)
                    || imagesFollowEachOther(pair, single, probe(input, true));
        } catch (OrtException e) {
            LOG.warn("Network {} fails on two images at once: {}", network, e.getMessage());
            return false;
        }
    }

    private static boolean imagesFollowEachOther(
            List<Probed> pair, List<Probed> first, List<Probed> second) {
        for (int i = 0; i < pair.size(); i++) {
            FloatBuffer both = pair.get(i).numbers();
            FloatBuffer one = first.get(i).numbers();
            FloatBuffer other = second.get(i).numbers();
            for (int k = 0; k < both.limit(); k++) {
                float alone = k < one.limit() ? one.get(k) : other.get(k - one.limit());
                if (Math.abs(both.get(k) - alone) > TOLERANCE * Math.max(1, Math.abs(alone))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * What comes out for a batch of test pictures.
     *
     * @param patterned for each picture whether it has a pattern or is black
     */
    private List<Probed> probe(TensorInfo input, boolean... patterned) throws OrtException {
        int images = patterned.length;
        long[] shape = {images, Normalization.CHANNELS, spec.height(), spec.width()};
        int elements = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        try (HostBuffer memory = new HostBuffer(Math.multiplyExact(elements, Float.BYTES));
                OnnxTensor tensor = OnnxTensor.createTensor(environment, memory.floats(), shape)) {
            for (int i = 0; i < elements; i++) {
                // A picture is the same wherever it stands in the batch.
                int place = i % (elements / images);
                boolean pattern = patterned[i / (elements / images)];
                memory.floats().put(i, pattern ? place % 101 / 101f : 0);
            }
            try (OrtSession.Result result = session.run(Map.of(input.name(), tensor))) {
                List<Probed> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(probed(output.getKey(), output.getValue(), images));
                }
                return outputs;
            }
        }
    }

    private Probed probed(String name, OnnxValue value, int images) {
        TensorInfo info = checked(tensor(name, value.getInfo()));
        boolean merged = info.dimension(0) != images;
        FloatBuffer numbers =
                merged ? ((OnnxTensor) value).getFloatBuffer() : FloatBuffer.allocate(0);
        return new Probed(info, images, numbers);
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

    /** An output as it came, and its numbers where the batch is no dimension of its own. */
    private record Probed(TensorInfo info, int images, FloatBuffer numbers) {
        boolean isMerged() {
            return info.dimension(0) != images;
        }

        /** With the batch as the first dimension. */
        TensorInfo byImage() {
            if (!isMerged()) {
                return info;
            }
            List<Integer> shape = new ArrayList<>(info.shape());
            shape.set(0, info.dimension(0) / images);
            shape.add(0, images);
            return new TensorInfo(info.name(), info.type(), shape);
        }
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

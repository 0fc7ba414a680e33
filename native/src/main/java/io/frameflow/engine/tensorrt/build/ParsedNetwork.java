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

import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.TensorRtFailures;
import io.frameflow.engine.tensorrt.TensorRtLogger;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;

/**
 * A network as TensorRT's parser read it from an ONNX file, with one input {@code [batch, 3,
 * height, width]}.
 */
final class ParsedNetwork implements AutoCloseable {
    private static final int RANK = 4;
    private static final int OPEN = -1;

    private final Path file;
    private final TensorRtObject<INetworkDefinition> network;
    private final InputSpec input;

    private ParsedNetwork(Path file, TensorRtObject<INetworkDefinition> network, InputSpec input) {
        this.file = file;
        this.network = network;
        this.input = input;
    }

    /**
     * Parses a file and checks its input.
     *
     * @param input what the model file says about the input
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if TensorRT cannot read it,
     *     naming the operators, or if it has another input
     */
    static ParsedNetwork parse(IBuilder builder, Path file, FileBytes onnx, InputSpec input) {
        TensorRtObject<INetworkDefinition> network =
                TensorRtObject.own(
                        "createNetworkV2", builder.createNetworkV2(0), INetworkDefinition::new);
        try {
            read(network.get(), file, onnx);
            ParsedNetwork parsed = new ParsedNetwork(file, network, input);
            parsed.checkInput();
            return parsed;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * The parser owns weights that the network refers to, and JavaCPP has no way to delete it: it
     * stays until the process ends, which builds few networks.
     */
    private static void read(INetworkDefinition network, Path file, FileBytes onnx) {
        IParser parser = nvonnxparser.createParser(network, TensorRtLogger.INSTANCE);
        if (parser == null || parser.isNull()) {
            throw TensorRtFailures.of("createParser");
        }
        if (!parser.parse(onnx.pointer(), onnx.pointer().capacity())) {
            throw invalid(file, "TensorRT cannot read it: " + String.join("; ", errors(parser)));
        }
    }

    private static List<String> errors(IParser parser) {
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < parser.getNbErrors(); i++) {
            IParserError error = parser.getError(i);
            String node = error.nodeName();
            errors.add(
                    node == null || node.isEmpty()
                            ? error.desc()
                            : "node %s (%s): %s"
                                    .formatted(node, error.nodeOperator(), error.desc()));
        }
        return errors.isEmpty() ? List.of("it gave no reason") : errors;
    }

    private void checkInput() {
        if (network.get().getNbInputs() != 1) {
            throw invalid(file, "it has " + network.get().getNbInputs() + " inputs, not one");
        }
        List<Long> shape = shape();
        List<Long> wanted = List.of((long) OPEN, 3L, (long) input.height(), (long) input.width());
        boolean fits = shape.size() == RANK;
        for (int i = 1; fits && i < RANK; i++) {
            fits = shape.get(i) == OPEN || shape.get(i).equals(wanted.get(i));
        }
        if (!fits) {
            throw invalid(
                    file,
                    "its input %s is %s, the model file needs [batch, 3, %d, %d]"
                            .formatted(name(), shape, input.height(), input.width()));
        }
    }

    private String name() {
        return tensor().getName();
    }

    private ITensor tensor() {
        return network.get().getInput(0);
    }

    private List<Long> shape() {
        try (Dims64 dims = tensor().getDimensions()) {
            List<Long> shape = new ArrayList<>();
            for (int i = 0; i < dims.nbDims(); i++) {
                shape.add(dims.d(i));
            }
            return shape;
        }
    }

    /** The network for calls of JavaCPP; borrowed, valid until this is closed. */
    INetworkDefinition handle() {
        return network.get();
    }

    /**
     * The batches to build for: what was asked for, where the network leaves it open.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if something was asked
     *     for that the network has fixed otherwise
     */
    BatchProfile batch(Optional<BatchProfile> wanted) {
        int fixed = Math.toIntExact(shape().get(0));
        if (fixed == OPEN) {
            return wanted.orElse(BuildOptions.DEFAULT_BATCH);
        }
        BatchProfile exactly = new BatchProfile(fixed, fixed, fixed);
        if (wanted.isPresent() && !wanted.get().equals(exactly)) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    ("%s takes batches of exactly %d: leave the batch options out, or export it"
                                    + " with an open batch dimension")
                            .formatted(file, fixed));
        }
        return exactly;
    }

    /** Says in the configuration which shapes the input has, where the network leaves them open. */
    void addProfile(IBuilder builder, IBuilderConfig config, BatchProfile batch) {
        if (!shape().contains((long) OPEN)) {
            return;
        }
        // Owned by the builder.
        IOptimizationProfile profile = builder.createOptimizationProfile();
        setShape(profile, nvinfer.OptProfileSelector.kMIN, batch.least());
        setShape(profile, nvinfer.OptProfileSelector.kOPT, batch.optimal());
        setShape(profile, nvinfer.OptProfileSelector.kMAX, batch.most());
        TensorRtFailures.check(
                config.addOptimizationProfile(profile) >= 0, "addOptimizationProfile");
    }

    private void setShape(
            IOptimizationProfile profile, nvinfer.OptProfileSelector which, int batch) {
        try (Dims64 dims = new Dims64()) {
            dims.nbDims(RANK);
            dims.d(0, batch);
            dims.d(1, 3);
            dims.d(2, input.height());
            dims.d(3, input.width());
            TensorRtFailures.check(profile.setDimensions(name(), which, dims), "setDimensions");
        }
    }

    private static FrameflowException invalid(Path file, String reason) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL, "the network " + file + " cannot be built: " + reason);
    }

    @Override
    public void close() {
        network.close();
    }
}

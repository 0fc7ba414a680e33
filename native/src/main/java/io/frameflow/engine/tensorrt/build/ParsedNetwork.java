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

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
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
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

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
    private final boolean typed;
    private final BitSet named = new BitSet();
    private HalfPrecision half = HalfPrecision.NONE;

    private ParsedNetwork(
            Path file, TensorRtObject<INetworkDefinition> network, InputSpec input, boolean typed) {
        this.file = file;
        this.network = network;
        this.input = input;
        this.typed = typed;
    }

    /**
     * Parses a file and checks its input.
     *
     * @param input what the model file says about the input
     * @param typed whether all numbers are of the types that the file says
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if TensorRT cannot read it,
     *     naming operators and nodes, or if it has another input
     */
    static ParsedNetwork parse(
            IBuilder builder, Path file, FileBytes onnx, InputSpec input, boolean typed) {
        int flags = typed ? 1 << nvinfer.NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value : 0;
        TensorRtObject<INetworkDefinition> network =
                TensorRtObject.own(
                        "createNetworkV2", builder.createNetworkV2(flags), INetworkDefinition::new);
        try {
            read(network.get(), file, onnx);
            ParsedNetwork parsed = new ParsedNetwork(file, network, input, typed);
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
            String reasons = ParserComplaint.describe(ParserComplaint.of(parser));
            throw invalid(file, "TensorRT cannot read it: " + reasons);
        }
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
        ElementType type = elementType(tensor());
        if (type != ElementType.FLOAT32 && type != ElementType.FLOAT16) {
            throw invalid(
                    file,
                    "its input %s is of %s, pictures are given as float32 or float16"
                            .formatted(name(), type.label()));
        }
    }

    private String name() {
        return tensor().getName();
    }

    private ITensor tensor() {
        return network.get().getInput(0);
    }

    private List<Long> shape() {
        return shape(tensor());
    }

    private static List<Long> shape(ITensor tensor) {
        try (Dims64 dims = tensor.getDimensions()) {
            List<Long> shape = new ArrayList<>();
            for (int i = 0; i < dims.nbDims(); i++) {
                shape.add(dims.d(i));
            }
            return shape;
        }
    }

    /** Whether all numbers are of the types that the file says. */
    boolean typed() {
        return typed;
    }

    /**
     * What goes in and what comes out, if the shapes of the outputs are known before the network is
     * built: those that depend on an open height or width are not.
     */
    Optional<NetworkSignature> signature() {
        List<TensorInfo> outputs = new ArrayList<>();
        for (int i = 0; i < network.get().getNbOutputs(); i++) {
            ITensor output = network.get().getOutput(i);
            List<Integer> shape = new ArrayList<>();
            shape(output).forEach(size -> shape.add(Math.toIntExact(size)));
            if (shape.isEmpty() || shape.subList(1, shape.size()).contains(OPEN)) {
                return Optional.empty();
            }
            outputs.add(new TensorInfo(output.getName(), elementType(output), shape));
        }
        List<Integer> shape = List.of(OPEN, 3, input.height(), input.width());
        TensorInfo only = new TensorInfo(name(), elementType(tensor()), shape);
        return Optional.of(new NetworkSignature(only, outputs, BatchRange.ANY));
    }

    private static ElementType elementType(ITensor tensor) {
        return switch (tensor.getType().intern()) {
            case kFLOAT -> ElementType.FLOAT32;
            case kHALF -> ElementType.FLOAT16;
            case kINT32 -> ElementType.INT32;
            case kINT64 -> ElementType.INT64;
            case kUINT8 -> ElementType.UINT8;
            case kINT8 -> ElementType.INT8;
            default -> ElementType.OTHER;
        };
    }

    /**
     * Notes which layers are to compute with half precision, whatever the rest does. Only those
     * count that are there now, so that names are those of the file.
     *
     * @param patterns names of layers, in which {@code *} stands for anything
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} for one that no layer
     *     has, with names that there are
     */
    void nameHalf(List<String> patterns) {
        LayerNames names = new LayerNames(patterns);
        for (int i = 0; i < network.get().getNbLayers(); i++) {
            if (names.take(network.get().getLayer(i).getName())) {
                named.set(i);
            }
        }
        names.requireAllFound(file);
    }

    /**
     * Has the named layers and the network's head compute with half precision, see {@link
     * HalfPrecision}. That alone does not keep TensorRT from storing a tensor between two such
     * layers as bytes: it must not know the scales of those, either.
     *
     * @return names of the tensors between layers of half precision
     */
    Set<String> keepHalf() {
        List<NetworkHead.Layer> layers = new ArrayList<>();
        for (int i = 0; i < network.get().getNbLayers(); i++) {
            layers.add(described(network.get().getLayer(i)));
        }
        half = new HalfPrecision(layers, named);
        half.bound().stream()
                .mapToObj(network.get()::getLayer)
                .forEach(layer -> layer.setPrecision(nvinfer.DataType.kHALF));
        return half.tensors();
    }

    /** Which layers keep half precision; none before {@link #keepHalf}. */
    HalfPrecision half() {
        return half;
    }

    private static NetworkHead.Layer described(ILayer layer) {
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < layer.getNbInputs(); i++) {
            ITensor input = layer.getInput(i);
            // Inputs that may be absent, such as sizes that are fixed.
            if (input != null && !input.isNull()) {
                inputs.add(input.getName());
            }
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < layer.getNbOutputs(); i++) {
            outputs.add(layer.getOutput(i).getName());
        }
        boolean learned =
                switch (layer.getType().intern()) {
                    case kCONVOLUTION, kDECONVOLUTION, kMATRIX_MULTIPLY -> true;
                    default -> false;
                };
        return new NetworkHead.Layer(layer.getName(), inputs, outputs, learned, computes(layer));
    }

    /** Constants, conversions and computations with shapes have a precision of their own. */
    private static boolean computes(ILayer layer) {
        return switch (layer.getType().intern()) {
            case kCONSTANT, kCAST -> false;
            default ->
                    layer.getNbOutputs() > 0
                            && layer.getOutput(0).getType().intern() == nvinfer.DataType.kFLOAT
                            && !layer.getOutput(0).isShapeTensor();
        };
    }

    /** The network for calls of JavaCPP; borrowed, valid until this is closed. */
    INetworkDefinition handle() {
        return network.get();
    }

    /** The batches that the network has fixed, or else the ones given. */
    BatchProfile batchOr(BatchProfile open) {
        int fixed = Math.toIntExact(shape().get(0));
        return fixed == OPEN ? open : new BatchProfile(fixed, fixed, fixed);
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

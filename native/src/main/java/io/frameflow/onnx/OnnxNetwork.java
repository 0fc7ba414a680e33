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
package io.frameflow.onnx;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network as an ONNX file describes it, and parts of it as files of their own. */
public final class OnnxNetwork {
    /** Field of ModelProto in onnx.proto. */
    static final int GRAPH = 7;

    /** Fields of GraphProto. */
    static final int NODE = 1;

    static final int INITIALIZER = 5;
    static final int INPUT = 11;
    static final int OUTPUT = 12;
    static final int VALUE_INFO = 13;
    static final int QUANTIZATION = 14;
    static final int SPARSE_INITIALIZER = 15;

    /** Name in ValueInfoProto and TensorAnnotation. */
    static final int VALUE_NAME = 1;

    /** Fields of TensorProto. */
    static final int TENSOR_NAME = 8;

    private static final int DATA_LOCATION = 14;
    private static final long EXTERNAL = 1;

    /** Field of SparseTensorProto. */
    static final int SPARSE_VALUES = 1;

    private static final String CONVOLUTION = "Conv";

    /** What these give tells of the shape of a tensor and not of its numbers. */
    private static final Set<String> ABOUT_SHAPES = Set.of("Shape", "Size");

    private final ByteBuffer file;
    private final WireMessage model;
    private final WireMessage graph;
    private final List<OnnxNode> nodes;
    private final Map<String, OnnxNode> makers = new HashMap<>();

    private OnnxNetwork(ByteBuffer file, WireMessage model, WireMessage graph) {
        this.file = file;
        this.model = model;
        this.graph = graph;
        nodes =
                graph.fields().stream()
                        .filter(field -> field.number() == NODE)
                        .map(OnnxNode::of)
                        .toList();
        for (OnnxNode node : nodes) {
            node.outputs().forEach(name -> makers.put(name, node));
        }
    }

    /**
     * Reads a file.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if it cannot be read, is no
     *     ONNX file, or has its weights in other files
     */
    public static OnnxNetwork read(Path file) {
        try {
            OnnxNetwork network = of(ByteBuffer.wrap(Files.readAllBytes(file)));
            if (network.hasExternalData()) {
                throw invalid(
                        file
                                + " has weights in other files (external data): save it as one file"
                                + " first, as onnx.save_model does without more options");
            }
            return network;
        } catch (IllegalArgumentException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, file + " is not an ONNX file", e);
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, "cannot read the network " + file + ": " + e, e);
        }
    }

    private static FrameflowException invalid(String message) {
        return new FrameflowException(FailureCode.INVALID_MODEL, message);
    }

    /**
     * A network from the bytes of its file.
     *
     * @throws IllegalArgumentException if they are none
     */
    static OnnxNetwork of(ByteBuffer file) {
        WireMessage model = WireMessage.of(file);
        List<WireMessage> graphs = model.messages(GRAPH);
        if (graphs.size() != 1) {
            throw new IllegalArgumentException(graphs.size() + " graphs");
        }
        return new OnnxNetwork(file, model, graphs.get(0));
    }

    private boolean hasExternalData() {
        List<WireMessage> tensors = new ArrayList<>(graph.messages(INITIALIZER));
        graph.messages(SPARSE_INITIALIZER)
                .forEach(sparse -> tensors.addAll(sparse.messages(SPARSE_VALUES)));
        nodes.forEach(node -> tensors.addAll(node.tensors()));
        return tensors.stream()
                .anyMatch(tensor -> tensor.number(DATA_LOCATION).orElse(0L) == EXTERNAL);
    }

    /** Number of its operators. */
    public int operators() {
        return nodes.size();
    }

    /**
     * What convolutions hand to the outputs with no other convolution in between: walks back from
     * the outputs through operators of any kind.
     *
     * @return names of tensors, in the order in which they were come upon
     */
    public List<String> lastConvolutions() {
        Set<String> found = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        graph.messages(OUTPUT).forEach(output -> open.add(output.text(VALUE_NAME)));
        while (!open.isEmpty()) {
            String name = open.remove();
            OnnxNode maker = makers.get(name);
            if (maker == null || !seen.add(name)) {
                continue;
            }
            if (maker.operator().equals(CONVOLUTION)) {
                found.add(name);
            } else if (!ABOUT_SHAPES.contains(maker.operator())) {
                open.addAll(maker.inputs());
            }
        }
        return List.copyOf(found);
    }

    /**
     * The network that ends at other outputs, with what they need and nothing else. Everything that
     * the file says besides stays as it is.
     */
    public OnnxNetwork endingAt(List<OnnxOutput> outputs) {
        WireWriter cut = new GraphCut(graph, makers).endingAt(outputs);
        WireWriter file = new WireWriter();
        for (WireMessage.Field field : model.fields()) {
            if (field.number() == GRAPH) {
                file.message(GRAPH, cut);
            } else {
                file.copy(field);
            }
        }
        return of(ByteBuffer.wrap(file.bytes()));
    }

    /** Whether the input says its height and width, so that the outputs' are known as well. */
    public boolean hasFixedSides() {
        return new GraphCut(graph, makers).hasFixedSides();
    }

    /** The file. */
    public ByteBuffer bytes() {
        return file.asReadOnlyBuffer();
    }
}

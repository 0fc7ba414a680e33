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

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a graph of those parts of another that some tensors need. */
final class GraphCut {
    /** Field of ValueInfoProto in onnx.proto. */
    private static final int TYPE = 2;

    /** Fields of TypeProto, of its Tensor, and of TensorShapeProto and its Dimension. */
    private static final int TENSOR_TYPE = 1;

    private static final int ELEMENT_TYPE = 1;
    private static final int SHAPE = 2;
    private static final int DIMENSION = 1;
    private static final int SIZE = 1;

    private static final int FLOAT = 1;

    private final WireMessage graph;
    private final Map<String, OnnxNode> makers;
    private final Set<String> weights;

    /**
     * A graph to be cut.
     *
     * @param graph the graph
     * @param makers which operator makes a tensor
     */
    GraphCut(WireMessage graph, Map<String, OnnxNode> makers) {
        this.graph = graph;
        this.makers = makers;
        weights =
                graph.messages(OnnxNetwork.INITIALIZER).stream()
                        .map(tensor -> tensor.text(OnnxNetwork.TENSOR_NAME))
                        .collect(Collectors.toSet());
    }

    WireWriter endingAt(List<OnnxOutput> outputs) {
        Set<String> ends = outputs.stream().map(OnnxOutput::name).collect(Collectors.toSet());
        Set<String> tensors = new HashSet<>();
        Set<WireMessage.Field> operators = Collections.newSetFromMap(new IdentityHashMap<>());
        for (OnnxNode node : neededFor(ends)) {
            operators.add(node.field());
            tensors.addAll(node.inputs());
            tensors.addAll(node.outputs());
        }
        WireWriter cut = new WireWriter();
        for (WireMessage.Field field : graph.fields()) {
            boolean kept =
                    field.number() == OnnxNetwork.NODE
                            ? operators.contains(field)
                            : isKept(field, tensors, ends);
            if (kept) {
                cut.copy(field);
            }
        }
        Optional<WireMessage> batch = inputShape().stream().findFirst();
        outputs.forEach(output -> cut.message(OnnxNetwork.OUTPUT, value(output, batch)));
        return cut;
    }

    private Set<OnnxNode> neededFor(Set<String> ends) {
        Set<OnnxNode> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<String> open = new ArrayDeque<>(ends);
        while (!open.isEmpty()) {
            OnnxNode maker = makers.get(open.remove());
            if (maker != null && needed.add(maker)) {
                open.addAll(maker.inputs());
            }
        }
        return needed;
    }

    private boolean isKept(WireMessage.Field field, Set<String> tensors, Set<String> ends) {
        return switch (field.number()) {
            case OnnxNetwork.INITIALIZER -> tensors.contains(text(field, OnnxNetwork.TENSOR_NAME));
            case OnnxNetwork.SPARSE_INITIALIZER ->
                    WireMessage.of(field.content()).messages(OnnxNetwork.SPARSE_VALUES).stream()
                            .anyMatch(
                                    values ->
                                            tensors.contains(values.text(OnnxNetwork.TENSOR_NAME)));
            case OnnxNetwork.QUANTIZATION -> tensors.contains(text(field, OnnxNetwork.VALUE_NAME));
            case OnnxNetwork.VALUE_INFO -> {
                String name = text(field, OnnxNetwork.VALUE_NAME);
                yield tensors.contains(name) && !ends.contains(name);
            }
            // Before version 4 of the format weights are inputs as well.
            case OnnxNetwork.INPUT -> {
                String name = text(field, OnnxNetwork.VALUE_NAME);
                yield tensors.contains(name) || !weights.contains(name);
            }
            case OnnxNetwork.OUTPUT -> false;
            default -> true;
        };
    }

    private static String text(WireMessage.Field field, int number) {
        return WireMessage.of(field.content()).text(number);
    }

    /** Dimensions of the one input that is no weight; none if it does not say them. */
    List<WireMessage> inputShape() {
        return graph.messages(OnnxNetwork.INPUT).stream()
                .filter(input -> !weights.contains(input.text(OnnxNetwork.VALUE_NAME)))
                .limit(1)
                .flatMap(input -> input.messages(TYPE).stream())
                .flatMap(type -> type.messages(TENSOR_TYPE).stream())
                .flatMap(tensor -> tensor.messages(SHAPE).stream())
                .flatMap(shape -> shape.messages(DIMENSION).stream())
                .toList();
    }

    /** Whether the input's height and width are fixed. */
    boolean hasFixedSides() {
        return inputShape().stream()
                .skip(2)
                .allMatch(dimension -> dimension.number(SIZE).isPresent());
    }

    private static WireWriter value(OnnxOutput output, Optional<WireMessage> batch) {
        WireWriter tensor = new WireWriter().number(ELEMENT_TYPE, FLOAT);
        if (!output.shape().isEmpty()) {
            WireWriter shape = new WireWriter();
            WireWriter first = new WireWriter();
            batch.ifPresent(dimension -> dimension.fields().forEach(first::copy));
            shape.message(DIMENSION, first);
            for (int size : output.shape()) {
                WireWriter dimension = new WireWriter();
                shape.message(
                        DIMENSION,
                        size == OnnxOutput.OPEN ? dimension : dimension.number(SIZE, size));
            }
            tensor.message(SHAPE, shape);
        }
        return new WireWriter()
                .text(OnnxNetwork.VALUE_NAME, output.name())
                .message(TYPE, new WireWriter().message(TENSOR_TYPE, tensor));
    }
}

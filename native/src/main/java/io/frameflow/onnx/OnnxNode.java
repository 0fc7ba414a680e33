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

import java.util.ArrayList;
import java.util.List;

/**
 * An operator of a network.
 *
 * @param field where it stands in the file
 * @param operator what it does; with its domain before it unless that is ONNX's own
 * @param inputs tensors that it reads, also within graphs of its own
 * @param outputs tensors that it makes
 */
record OnnxNode(
        WireMessage.Field field, String operator, List<String> inputs, List<String> outputs) {
    /** Fields of NodeProto in onnx.proto. */
    private static final int INPUT = 1;

    private static final int OUTPUT = 2;
    private static final int OPERATOR = 4;
    private static final int ATTRIBUTE = 5;
    private static final int DOMAIN = 7;

    /** Fields of AttributeProto. */
    private static final int TENSOR = 5;

    private static final int GRAPH = 6;
    private static final int TENSORS = 10;
    private static final int GRAPHS = 11;

    static OnnxNode of(WireMessage.Field field) {
        WireMessage node = WireMessage.of(field.content());
        String domain = node.text(DOMAIN);
        boolean own = domain.isEmpty() || domain.equals("ai.onnx");
        List<String> inputs = new ArrayList<>();
        addInputs(node, inputs);
        return new OnnxNode(
                field,
                own ? node.text(OPERATOR) : domain + "." + node.text(OPERATOR),
                List.copyOf(inputs),
                node.texts(OUTPUT));
    }

    /** Graphs within a node read tensors from around it by their names alone. */
    private static void addInputs(WireMessage node, List<String> inputs) {
        inputs.addAll(node.texts(INPUT));
        for (WireMessage attribute : node.messages(ATTRIBUTE)) {
            for (int number : new int[] {GRAPH, GRAPHS}) {
                for (WireMessage graph : attribute.messages(number)) {
                    graph.messages(OnnxNetwork.NODE).forEach(inner -> addInputs(inner, inputs));
                    graph.messages(OnnxNetwork.OUTPUT)
                            .forEach(value -> inputs.add(value.text(OnnxNetwork.VALUE_NAME)));
                }
            }
        }
    }

    /** Constants among its attributes. */
    List<WireMessage> tensors() {
        List<WireMessage> tensors = new ArrayList<>();
        for (WireMessage attribute : WireMessage.of(field.content()).messages(ATTRIBUTE)) {
            tensors.addAll(attribute.messages(TENSOR));
            tensors.addAll(attribute.messages(TENSORS));
        }
        return tensors;
    }
}

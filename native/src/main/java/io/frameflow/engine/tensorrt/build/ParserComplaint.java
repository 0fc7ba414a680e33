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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;
import org.jspecify.annotations.Nullable;

/**
 * What TensorRT's parser has against a node of a network.
 *
 * @param operator the node's operator; null or empty if it is about the file as a whole
 * @param node the node's number in its graph
 * @param name the node's name; null or empty if it has none, as nodes need none
 * @param reason what is wrong, in the parser's words: often no more than a condition of its source
 */
record ParserComplaint(
        @Nullable String operator, int node, @Nullable String name, @Nullable String reason) {
    /** Most nodes that are named for one reason. */
    private static final int MOST_NODES = 3;

    /**
     * The parser looks for a plugin where it does not know an operator, and then says only that.
     */
    private static final String UNKNOWN = "Plugin not found";

    /** All that a parser had against a network; it must still be there. */
    static List<ParserComplaint> of(IParser parser) {
        List<ParserComplaint> complaints = new ArrayList<>();
        for (int i = 0; i < parser.getNbErrors(); i++) {
            IParserError error = parser.getError(i);
            complaints.add(
                    new ParserComplaint(
                            error.nodeOperator(), error.node(), error.nodeName(), error.desc()));
        }
        return complaints;
    }

    /** All of them for one line; the same about several nodes is said once. */
    static String describe(List<ParserComplaint> complaints) {
        Map<ParserComplaint, Set<String>> nodes = new LinkedHashMap<>();
        for (ParserComplaint complaint : complaints) {
            nodes.computeIfAbsent(complaint.ofAnyNode(), same -> new LinkedHashSet<>())
                    .add(complaint.place());
        }
        List<String> lines = new ArrayList<>();
        nodes.forEach((complaint, places) -> lines.add(complaint.at(List.copyOf(places))));
        return lines.isEmpty() ? "it gave no reason" : String.join("; ", lines);
    }

    private ParserComplaint ofAnyNode() {
        return new ParserComplaint(operator, 0, null, reason);
    }

    private String place() {
        return name == null || name.isEmpty()
                ? "node " + node
                : "node %d (%s)".formatted(node, name);
    }

    private String at(List<String> places) {
        String why = reason == null || reason.isEmpty() ? "no reason given" : reason;
        if (operator == null || operator.isEmpty()) {
            return why;
        }
        String shown = String.join(", ", places.subList(0, Math.min(MOST_NODES, places.size())));
        int more = places.size() - MOST_NODES;
        return "%s %s at %s%s: %s"
                .formatted(
                        why.contains(UNKNOWN) ? "unsupported operator" : "operator",
                        operator,
                        shown,
                        more > 0 ? " and %d more".formatted(more) : "",
                        why);
    }
}

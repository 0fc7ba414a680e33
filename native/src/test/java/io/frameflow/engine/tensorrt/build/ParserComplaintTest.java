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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserComplaintTest {
    /** TensorRT 10.6's own words. */
    private static final String NO_PLUGIN =
            "creator && \"Plugin not found, are the plugin name, version, and namespace correct?\"";

    private static ParserComplaint unknown(int node, String name) {
        return new ParserComplaint("NoSuchOperator", node, name, NO_PLUGIN);
    }

    private static String describe(ParserComplaint... complaints) {
        return ParserComplaint.describe(Arrays.asList(complaints));
    }

    @Test
    void namesTheOperatorOfANodeWithoutName() {
        String message = "unsupported operator NoSuchOperator at node 0: " + NO_PLUGIN;

        assertThat(describe(unknown(0, ""))).isEqualTo(message);
        assertThat(
                        ParserComplaint.describe(
                                List.of(new ParserComplaint("NoSuchOperator", 0, null, NO_PLUGIN))))
                .isEqualTo(message);
    }

    @Test
    void namesTheNode() {
        assertThat(describe(unknown(7, "/head/Fancy")))
                .startsWith("unsupported operator NoSuchOperator at node 7 (/head/Fancy): ");
    }

    /** An operator that TensorRT has can be used in a way that it lacks. */
    @Test
    void callsNoOperatorUnsupportedForItsAttributes() {
        String reason = "dilations other than 1";

        assertThat(describe(new ParserComplaint("MaxPool", 3, "pool", reason)))
                .isEqualTo("operator MaxPool at node 3 (pool): dilations other than 1");
    }

    @Test
    void saysOnceWhatIsWrongWithManyNodes() {
        ParserComplaint[] many = new ParserComplaint[57];
        Arrays.setAll(many, node -> unknown(node, "n" + node));
        many[1] = new ParserComplaint("MaxPool", 1, "n1", "no indices");

        assertThat(describe(many))
                .isEqualTo(
                        "unsupported operator NoSuchOperator at node 0 (n0), node 2 (n2), node 3 (n3)"
                                + " and 53 more: "
                                + NO_PLUGIN
                                + "; operator MaxPool at node 1 (n1): no indices");
        assertThat(ParserComplaint.describe(Collections.nCopies(3, unknown(0, ""))))
                .isEqualTo(describe(unknown(0, "")));
    }

    @Test
    void saysWhatIsWrongWithTheFileAsAWhole() {
        assertThat(describe(new ParserComplaint("", -1, "", "Failed to parse the ONNX model")))
                .isEqualTo("Failed to parse the ONNX model");
        assertThat(describe(new ParserComplaint(null, -1, null, null)))
                .isEqualTo("no reason given");
        assertThat(describe()).isEqualTo("it gave no reason");
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept and what falls away, in graphs that are read and not run. */
class OnnxNetworkTest {
    private static WireWriter node(String operator, String output, String... inputs) {
        WireWriter node = new WireWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static WireWriter named(int field, String name) {
        return new WireWriter().text(field, name);
    }

    private static OnnxNetwork network(WireWriter graph) {
        return OnnxNetwork.of(
                ByteBuffer.wrap(new WireWriter().number(1, 8).message(7, graph).bytes()));
    }

    private static WireMessage graph(OnnxNetwork network) {
        return WireMessage.of(network.bytes()).messages(7).get(0);
    }

    private static List<String> names(OnnxNetwork network, int field, int name) {
        return graph(network).messages(field).stream().map(value -> value.text(name)).toList();
    }

    @Test
    void walksBackToTheNextConvolutionsOnly() {
        OnnxNetwork network =
                network(
                        new WireWriter()
                                .message(1, node("Conv", "deep", "images", "w"))
                                .message(1, node("Conv", "side", "images", "w"))
                                .message(1, node("Conv", "last", "deep", "w"))
                                .message(1, node("Conv", "other", "deep", "w").text(7, "com.own"))
                                .message(1, node("Shape", "shape", "side"))
                                .message(1, node("Sigmoid", "squeezed", "last"))
                                .message(1, node("Add", "sum", "squeezed", "other"))
                                .message(1, node("Reshape", "output", "sum", "shape"))
                                .message(12, named(1, "output")));

        // The operator of another domain is no convolution that is known, so what feeds it counts.
        assertThat(network.lastConvolutions()).containsExactlyInAnyOrder("last", "deep");
    }

    @Test
    void keepsWhatTheNewOutputsNeed() {
        WireWriter within =
                new WireWriter()
                        .message(1, node("Add", "inner", "captured", "inner-weight"))
                        .message(5, named(8, "inner-weight"))
                        .message(12, named(1, "inner"));
        WireWriter branch = new WireWriter().text(1, "then_branch").message(6, within);
        OnnxNetwork network =
                network(
                        new WireWriter()
                                .message(1, node("Relu", "captured", "images"))
                                .message(1, node("If", "chosen", "condition").message(5, branch))
                                .message(1, node("Conv", "last", "chosen", "w"))
                                .message(1, node("Mul", "output", "last", "tail"))
                                .text(2, "name of the graph")
                                .message(5, named(8, "w"))
                                .message(5, named(8, "tail"))
                                .message(11, named(1, "images"))
                                .message(11, named(1, "condition"))
                                .message(11, named(1, "w"))
                                .message(11, named(1, "tail"))
                                .message(12, named(1, "output"))
                                .message(13, named(1, "chosen"))
                                .message(13, named(1, "last"))
                                .message(13, named(1, "output"))
                                .message(14, named(1, "w"))
                                .message(14, named(1, "tail"))
                                .number(99, 5));

        OnnxNetwork cut = network.endingAt(List.of(OnnxOutput.of("last")));

        assertThat(cut.operators()).isEqualTo(3);
        assertThat(names(cut, 1, 2)).containsExactly("captured", "chosen", "last");
        assertThat(names(cut, 5, 8)).containsExactly("w");
        assertThat(names(cut, 11, 1)).containsExactly("images", "condition", "w");
        assertThat(names(cut, 12, 1)).containsExactly("last");
        assertThat(names(cut, 13, 1)).containsExactly("chosen");
        assertThat(names(cut, 14, 1)).containsExactly("w");
        assertThat(graph(cut).text(2)).isEqualTo("name of the graph");
        assertThat(graph(cut).number(99)).contains(5L);
        assertThat(WireMessage.of(cut.bytes()).number(1)).contains(8L);
    }

    @Test
    void writesShapesWithTheBatchOfTheInput() {
        WireWriter open = new WireWriter().text(2, "batch");
        WireWriter shape =
                new WireWriter().message(1, open).message(1, new WireWriter().number(1, 3));
        WireWriter type = new WireWriter().message(1, new WireWriter().message(2, shape));
        OnnxNetwork network =
                network(
                        new WireWriter()
                                .message(1, node("Conv", "last", "images", "w"))
                                .message(11, named(1, "images").message(2, type)));

        OnnxNetwork cut =
                network.endingAt(List.of(new OnnxOutput("last", List.of(14, OnnxOutput.OPEN))));

        WireMessage tensor = graph(cut).messages(12).get(0).messages(2).get(0).messages(1).get(0);
        assertThat(tensor.number(1)).as("float").contains(1L);
        List<WireMessage> dimensions = tensor.messages(2).get(0).messages(1);
        assertThat(dimensions).hasSize(3);
        assertThat(dimensions.get(0).text(2)).isEqualTo("batch");
        assertThat(dimensions.get(1).number(1)).contains(14L);
        assertThat(dimensions.get(2).fields()).isEmpty();
    }

    @Test
    void saysWhatIsNoNetworkWhereverItIsCutOff() {
        WireWriter graph = new WireWriter().message(1, node("Conv", "last", "images", "w"));
        byte[] whole = new WireWriter().message(7, graph).bytes();
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OnnxNetwork.of(part))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(OnnxNetwork.of(ByteBuffer.wrap(whole)).operators()).isEqualTo(1);
    }
}

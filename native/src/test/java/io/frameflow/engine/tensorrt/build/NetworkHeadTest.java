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

import io.frameflow.engine.tensorrt.build.NetworkHead.Layer;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkHeadTest {
    private static Layer convolution(String input, String output) {
        return new Layer("to " + output, List.of(input), List.of(output), true, true);
    }

    private static Layer other(String inputs, String output) {
        return new Layer("to " + output, List.of(inputs.split(" ")), List.of(output), false, true);
    }

    @Test
    void beginsWithTheLastConvolutionOfEachBranch() {
        List<Layer> layers =
                List.of(
                        convolution("image", "stem"),
                        other("stem", "activated"),
                        convolution("activated", "deep"),
                        other("deep", "pooled"),
                        convolution("activated", "fine output"),
                        convolution("pooled", "coarse output"),
                        other("fine output", "fine boxes"),
                        other("fine boxes coarse output", "output"));

        assertThat(NetworkHead.of(layers).stream()).containsExactly(4, 5, 6, 7);
    }

    /** As where YOLOv8 makes a distance of a distribution. */
    @Test
    void leavesOutWhatLeadsToAConvolutionFurtherOn() {
        List<Layer> layers =
                List.of(
                        convolution("image", "features"),
                        convolution("features", "distribution"),
                        other("distribution", "softmax"),
                        convolution("softmax", "distance"),
                        convolution("features", "scores"),
                        other("distance scores", "output"));

        assertThat(NetworkHead.of(layers).stream()).containsExactly(3, 4, 5);
    }

    @Test
    void keepsAConstantWithTheLayersThatReadIt() {
        List<Layer> layers =
                List.of(
                        other("", "weights"),
                        new Layer(
                                "product",
                                List.of("image", "weights"),
                                List.of("features"),
                                true,
                                true),
                        other("", "grid"),
                        other("features grid", "output"));

        assertThat(NetworkHead.of(layers).stream()).containsExactly(1, 2, 3);
    }

    @Test
    void isEmptyWhereNothingWasLearned() {
        assertThat(NetworkHead.of(List.of(other("image", "output"))).isEmpty()).isTrue();
    }

    @Test
    void tensorsThatOthersReadTooAreNotWithin() {
        List<Layer> layers =
                List.of(
                        convolution("image", "first"),
                        other("first", "activated"),
                        convolution("activated", "second"),
                        other("activated second", "output"));
        BitSet chosen = new BitSet();
        chosen.set(0, 2);

        assertThat(NetworkHead.tensorsWithin(layers, chosen)).containsExactly("first");
        chosen.set(2, 4);
        assertThat(NetworkHead.tensorsWithin(layers, chosen))
                .containsExactlyInAnyOrder("first", "activated", "second", "output");
    }
}

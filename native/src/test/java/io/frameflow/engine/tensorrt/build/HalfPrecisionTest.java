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

class HalfPrecisionTest {
    private static final int STEM = 0;
    private static final int ACTIVATION = 1;
    private static final int LAST = 2;
    private static final int GRID = 3;
    private static final int SQUEEZE = 4;
    private static final int DECODE = 5;

    private static final List<Layer> LAYERS =
            List.of(
                    layer("/stem/Conv", "image", "stem", true, true),
                    layer("/stem/Relu", "stem", "features", false, true),
                    layer("/head/Conv", "features", "raw", true, true),
                    layer("/head/Constant", "", "grid", false, false),
                    layer("/head/Sigmoid", "raw", "squeezed", false, true),
                    layer("/head/Add", "squeezed grid", "output", false, true));

    private static Layer layer(
            String name, String inputs, String output, boolean learned, boolean computes) {
        return new Layer(name, List.of(inputs.split(" ")), List.of(output), learned, computes);
    }

    private static HalfPrecision named(int... layers) {
        BitSet named = new BitSet();
        for (int layer : layers) {
            named.set(layer);
        }
        return new HalfPrecision(LAYERS, named);
    }

    /** TensorRT 10.6's own words. */
    private static String disobeyed(String layer) {
        return "No implementation of layer "
                + layer
                + " obeys the requested constraints. I.e. no conforming implementation was found"
                + " for requested layer computation precision and output precision."
                + " kOBEY_PRECISION_CONSTRAINTS was set, so treating as error.";
    }

    @Test
    void prefersTheWholeHeadWhereNothingIsNamed() {
        HalfPrecision half = named();

        assertThat(half.mustBeObeyed()).isFalse();
        assertThat(half.bound().stream()).containsExactly(LAST, SQUEEZE, DECODE);
        assertThat(half.tensors()).containsExactlyInAnyOrder("raw", "grid", "squeezed", "output");
    }

    @Test
    void bindsOfTheHeadOnlyItsProductsWhereItMustBeObeyed() {
        HalfPrecision half = named(STEM);

        assertThat(half.mustBeObeyed()).isTrue();
        assertThat(half.bound().stream()).containsExactly(STEM, LAST);
        assertThat(half.tensors())
                .as(
                        "not what the activation reads as bytes, but what layers write that are not bound")
                .containsExactlyInAnyOrder("raw", "grid", "squeezed", "output");
    }

    @Test
    void bindsALayerOfTheHeadThatIsNamed() {
        assertThat(named(ACTIVATION, SQUEEZE).bound().stream())
                .containsExactly(ACTIVATION, LAST, SQUEEZE);
    }

    @Test
    void doesNotHaveToObeyWhereOnlyConstantsAreNamed() {
        HalfPrecision half = named(GRID);

        assertThat(half.mustBeObeyed()).isFalse();
        assertThat(half.bound().stream()).containsExactly(LAST, SQUEEZE, DECODE);
    }

    @Test
    void saysThatALayerIsOneOfThoseThatAreNamed() {
        assertThat(named(STEM).remedy(disobeyed("/stem/Conv + /stem/Relu")))
                .isEqualTo("; /stem/Conv is among --fp16-layers: leave it out there");
    }

    @Test
    void saysThatALayerBelongsToTheHead() {
        assertThat(named(STEM).remedy(disobeyed("/head/Conv")))
                .startsWith("; /head/Conv belongs to the network's head")
                .contains("build without --fp16-layers", "--precision fp16");
        assertThat(named(STEM).remedy("Could not find any implementation for node /head/Conv."))
                .startsWith("; /head/Conv belongs to the network's head");
    }

    @Test
    void saysItOfALayerThatOnlyPartsOfAreNamed() {
        assertThat(named(STEM).remedy(disobeyed("{ForeignNode[/a/Shape.../a/Concat]}")))
                .contains("that layer is among --fp16-layers or belongs to the network's head");
        assertThat(named(STEM).remedy(disobeyed("{ForeignNode[/stem/Conv.../head/Conv]}")))
                .contains("/stem/Conv is among", "; /head/Conv belongs");
    }

    @Test
    void takesNoOtherLayersNameForOneOfThese() {
        for (String other :
                List.of("/stem/Conv_1", "/a/stem/Conv", "/stem/Conv/b", "x/stem/Conv")) {
            assertThat(named(STEM).remedy(disobeyed(other)))
                    .as(other)
                    .doesNotContain("/stem/Conv is among");
        }
    }

    @Test
    void saysNothingAboutOtherFailures() {
        assertThat(named(STEM).remedy("out of memory at /stem/Conv")).isEmpty();
        assertThat(
                        named(STEM)
                                .remedy(
                                        "Could not find any implementation for node /stem/Conv due"
                                                + " to insufficient workspace."))
                .isEmpty();
        assertThat(named(STEM).remedy("Could not find any implementation for node /a/Conv."))
                .isEmpty();
        assertThat(named().remedy(disobeyed("/head/Conv"))).as("nothing is obeyed").isEmpty();
        assertThat(HalfPrecision.NONE.remedy("anything")).isEmpty();
    }
}

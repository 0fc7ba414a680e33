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
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The layers that keep half precision in a network with calibrated bytes: those that the user
 * names, and the head.
 *
 * <p>TensorRT has one flag for all layers whose precision is set. Where the user names none it is
 * told to prefer that precision: a layer of the head without such a kernel is then computed
 * otherwise. Where the user names some it is told to obey, and would fail at any other layer that
 * is set, too. Of the head only convolutions and other products are set then. They alone can read
 * bytes and write other numbers; all other layers of the head write tensors whose scales TensorRT
 * is not told, and cannot use bytes anyhow.
 *
 * <p>Plans are kept by these rules: whoever changes them raises their revision in {@link
 * io.frameflow.engine.tensorrt.PlanVariant}.
 */
final class HalfPrecision {
    /** Nothing. */
    static final HalfPrecision NONE = new HalfPrecision(List.of(), new BitSet());

    /** What TensorRT 10 says where it cannot compute a layer as it must. */
    private static final String DISOBEYED = "kOBEY_PRECISION_CONSTRAINTS was set";

    /** What it says where it cannot compute a layer at all, in the types that are left. */
    private static final Pattern NO_KERNEL =
            Pattern.compile(
                    "Could not find any implementation for node(?!.*insufficient workspace)");

    private final List<NetworkHead.Layer> layers;
    private final BitSet named;
    private final BitSet head;

    /**
     * Finds the head.
     *
     * @param layers in an order in which each comes behind those whose outputs it reads
     * @param named indices of layers that the user names; those that compute nothing do not count
     */
    HalfPrecision(List<NetworkHead.Layer> layers, BitSet named) {
        this.layers = List.copyOf(layers);
        this.named = new BitSet();
        named.stream().filter(i -> layers.get(i).computes()).forEach(this.named::set);
        this.head = NetworkHead.of(layers);
    }

    /** Whether a layer that cannot compute so fails the build. */
    boolean mustBeObeyed() {
        return !named.isEmpty();
    }

    /** Indices of the layers whose precision is set. */
    BitSet bound() {
        BitSet bound = new BitSet();
        head.stream()
                .filter(i -> layers.get(i).computes())
                .filter(i -> layers.get(i).learned() || !mustBeObeyed())
                .forEach(bound::set);
        bound.or(named);
        return bound;
    }

    /** Names of the tensors that only these layers have to do with: they are no bytes, either. */
    Set<String> tensors() {
        BitSet all = new BitSet();
        all.or(named);
        all.or(head);
        return NetworkHead.tensorsWithin(layers, all);
    }

    /**
     * What to do about a failure, to be added to its reason.
     *
     * @param reason what TensorRT says
     * @return empty if the failure has nothing to do with these layers
     */
    String remedy(String reason) {
        boolean disobeyed = reason.contains(DISOBEYED);
        if (!mustBeObeyed() || !(disobeyed || NO_KERNEL.matcher(reason).find())) {
            return "";
        }
        BitSet ofHead = bound();
        ofHead.andNot(named);
        List<String> advice = new ArrayList<>();
        String wanted = mentioned(reason, named);
        if (!wanted.isEmpty()) {
            advice.add(wanted + " is among --fp16-layers: leave it out there");
        }
        String unasked = mentioned(reason, ofHead);
        if (!unasked.isEmpty()) {
            advice.add(
                    unasked
                            + " belongs to the network's head, which keeps half precision, and"
                            + " --fp16-layers makes that a must: build without --fp16-layers, or"
                            + " with --precision fp16");
        }
        if (advice.isEmpty() && disobeyed) {
            advice.add(
                    "that layer is among --fp16-layers or belongs to the network's head: name"
                            + " fewer layers, build without --fp16-layers, or with --precision"
                            + " fp16");
        }
        return advice.isEmpty() ? "" : "; " + String.join("; ", advice);
    }

    /** Those of some layers that a text names; one fused of several has all their names. */
    private String mentioned(String text, BitSet some) {
        return String.join(
                ", ",
                some.stream()
                        .mapToObj(i -> layers.get(i).name())
                        .filter(name -> isWholeName(name, text))
                        .distinct()
                        .toList());
    }

    /** Names are paths: that of another layer may begin or end with one. */
    private static boolean isWholeName(String name, String text) {
        return !name.isEmpty()
                && Pattern.compile(
                                "(?<![\\w/])(?<!\\w[.-])"
                                        + Pattern.quote(name)
                                        + "(?![\\w/]|[.-]\\w)")
                        .matcher(text)
                        .find();
    }
}

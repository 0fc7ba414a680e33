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

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The head of a network: its last convolutions and everything behind them.
 *
 * <p>There values of very different sizes meet in one tensor, such as boxes of up to 640 pixels and
 * scores of up to 1 in a YOLO detector's output. Bytes have one scale for a tensor: with that of
 * the boxes, every score would be 0.
 */
final class NetworkHead {
    /**
     * A layer of the network.
     *
     * @param name its name; that of the node in the ONNX file
     * @param inputs names of the tensors that it reads
     * @param outputs names of the tensors that it writes
     * @param learned whether it is a convolution or another product with learned weights
     * @param computes whether it computes with numbers whose precision can be chosen, unlike
     *     constants, shapes and conversions of types
     */
    record Layer(
            String name,
            List<String> inputs,
            List<String> outputs,
            boolean learned,
            boolean computes) {}

    private NetworkHead() {}

    /**
     * The tensors that only some layers have to do with.
     *
     * @param chosen indices of these layers
     * @return names of the tensors that one of them writes and no other layer reads
     */
    static Set<String> tensorsWithin(List<Layer> layers, BitSet chosen) {
        Set<String> tensors = new HashSet<>();
        chosen.stream().forEach(i -> tensors.addAll(layers.get(i).outputs()));
        for (int i = chosen.nextClearBit(0); i < layers.size(); i = chosen.nextClearBit(i + 1)) {
            layers.get(i).inputs().forEach(tensors::remove);
        }
        return tensors;
    }

    /**
     * Finds the head.
     *
     * @param layers in an order in which each comes behind those whose outputs it reads
     * @return indices of the layers from which no product with learned weights is reached; empty if
     *     there is none in the network
     */
    static BitSet of(List<Layer> layers) {
        BitSet head = new BitSet(layers.size());
        if (layers.stream().noneMatch(Layer::learned)) {
            return head;
        }
        Set<String> leadOn = new HashSet<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            boolean leadsOn = layer.outputs().stream().anyMatch(leadOn::contains);
            if (!leadsOn) {
                head.set(i);
            }
            if (leadsOn || layer.learned()) {
                leadOn.addAll(layer.inputs());
            }
        }
        return head;
    }
}

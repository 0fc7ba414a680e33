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
package io.frameflow.engine.tensorrt;

import io.frameflow.engine.Precision;

/**
 * What a pipeline needs of a plan.
 *
 * @param networkSha256 SHA-256 of the ONNX file
 * @param tensorRt version of TensorRT that is to run it
 * @param card name of the card that is to run it
 * @param computeCapability its compute capability
 * @param precision numbers that it is to compute with
 * @param batchSize images that it should be able to take at once
 * @param wholeNetwork whether outputs are needed that the network has with its head only
 */
public record PlanQuery(
        String networkSha256,
        String tensorRt,
        String card,
        String computeCapability,
        Precision precision,
        int batchSize,
        boolean wholeNetwork) {

    /**
     * Whether a plan of that key does, perhaps with smaller batches. One that was built by other
     * rules does not: it could have lost what this version's rules keep.
     */
    boolean matches(PlanKey key) {
        return isForNetwork(key)
                && key.tensorRt().equals(tensorRt)
                && key.card().equals(card)
                && key.computeCapability().equals(computeCapability)
                && key.precision() == precision
                && key.variant().otherRules().isEmpty()
                && (!wholeNetwork || key.variant().removedHead().isEmpty());
    }

    /** Whether the plan is of the same network, whatever else. */
    boolean isForNetwork(PlanKey key) {
        return key.networkSha256().equals(networkSha256);
    }
}

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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that decides what a plan computes and where it runs.
 *
 * @param networkSha256 SHA-256 of the ONNX file
 * @param tensorRt version of TensorRT, all four numbers
 * @param card name of the card
 * @param computeCapability its compute capability, such as {@code 9.0}
 * @param precision numbers that it may compute with
 * @param batch images a batch
 * @param optimizationLevel how long the builder looks for faster kernels, 0 to 5
 * @param workspaceBytes most memory for intermediate results of a layer; 0 for all of the card's
 * @param variant what was asked for besides
 */
public record PlanKey(
        String networkSha256,
        String tensorRt,
        String card,
        String computeCapability,
        Precision precision,
        BatchProfile batch,
        int optimizationLevel,
        long workspaceBytes,
        PlanVariant variant) {

    /** Compute capability of a card as it stands in keys. */
    public static String computeCapability(CudaDevice device) {
        return device.major() + "." + device.minor();
    }

    /** Digest of all parts, in lower-case hexadecimal. */
    public String digest() {
        StringBuilder text = new StringBuilder();
        parts().forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return Sha256.of(text.toString());
    }

    /** The parts by name, in a fixed order. */
    Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("network_sha256", networkSha256);
        parts.put("tensorrt", tensorRt);
        parts.put("card", card);
        parts.put("compute_capability", computeCapability);
        parts.put("precision", precision.label());
        parts.put("batch_least", batch.least());
        parts.put("batch_optimal", batch.optimal());
        parts.put("batch_most", batch.most());
        parts.put("optimization_level", optimizationLevel);
        parts.put("workspace_bytes", workspaceBytes);
        variant.putParts(parts);
        return parts;
    }
}

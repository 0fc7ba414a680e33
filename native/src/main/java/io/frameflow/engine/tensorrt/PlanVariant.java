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

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for of a plan besides precision and batches.
 *
 * @param calibrationSha256 SHA-256 of the calibration cache; absent without one
 * @param fp16Layers names of layers that compute with half precision where others may use bytes, as
 *     they were given, perhaps with {@code *}
 * @param appendedNms decoding and suppression that were added to the network
 */
public record PlanVariant(
        Optional<String> calibrationSha256,
        List<String> fp16Layers,
        Optional<AppendedNms> appendedNms) {
    /** Nothing. */
    public static final PlanVariant PLAIN =
            new PlanVariant(Optional.empty(), List.of(), Optional.empty());

    /** Copies the list. */
    public PlanVariant {
        fp16Layers = List.copyOf(fp16Layers);
    }

    /** A plan whose numbers were calibrated. */
    public static PlanVariant calibrated(String calibrationSha256) {
        return new PlanVariant(Optional.of(calibrationSha256), List.of(), Optional.empty());
    }

    /** Adds what was asked for; nothing is added for what was not. */
    void putParts(Map<String, Object> parts) {
        calibrationSha256.ifPresent(digest -> parts.put("calibration_sha256", digest));
        if (!fp16Layers.isEmpty()) {
            parts.put("fp16_layers", fp16Layers);
        }
        appendedNms.ifPresent(nms -> parts.put("appended_nms", nms.parts()));
    }
}

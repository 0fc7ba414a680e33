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
import java.util.OptionalInt;

/**
 * What was asked for of a plan besides precision and batches.
 *
 * @param calibrationSha256 SHA-256 of the calibration cache; absent without one
 * @param rules revision of the rules by which the builder itself chose layers of a calibrated
 *     network that compute without bytes; 0 for none, as before there were any, and always where
 *     nothing is calibrated
 * @param fp16Layers names of layers that compute with half precision where others may use bytes, as
 *     they were given, perhaps with {@code *}
 * @param appendedNms decoding and suppression that were added to the network
 * @param removedHead the head that was cut off the network
 */
public record PlanVariant(
        Optional<String> calibrationSha256,
        int rules,
        List<String> fp16Layers,
        Optional<AppendedNms> appendedNms,
        Optional<RemovedHead> removedHead) {
    /**
     * Revision of the builder's rules, to be raised with each change to what {@code
     * build.HalfPrecision} or {@code build.NetworkHead} choose: a plan of other rules is another
     * plan. By revision 1 the head keeps half precision.
     */
    static final int RULES = 1;

    /** Nothing. */
    public static final PlanVariant PLAIN =
            new PlanVariant(Optional.empty(), List.of(), Optional.empty());

    /** Copies the list. */
    public PlanVariant {
        fp16Layers = List.copyOf(fp16Layers);
    }

    /** A plan that is built by this version's rules. */
    public PlanVariant(
            Optional<String> calibrationSha256,
            List<String> fp16Layers,
            Optional<AppendedNms> appendedNms) {
        this(
                calibrationSha256,
                rulesFor(calibrationSha256),
                fp16Layers,
                appendedNms,
                Optional.empty());
    }

    private static int rulesFor(Optional<String> calibrationSha256) {
        return calibrationSha256.isPresent() ? RULES : 0;
    }

    /** A plan whose numbers were calibrated. */
    public static PlanVariant calibrated(String calibrationSha256) {
        return new PlanVariant(Optional.of(calibrationSha256), List.of(), Optional.empty());
    }

    /** The same plan of the network without its head. */
    public PlanVariant without(RemovedHead head) {
        return new PlanVariant(
                calibrationSha256, rules, fp16Layers, appendedNms, Optional.of(head));
    }

    /** The revision of the rules, where it is not the one that this version builds by. */
    public OptionalInt otherRules() {
        return rules == rulesFor(calibrationSha256) ? OptionalInt.empty() : OptionalInt.of(rules);
    }

    /** Adds what was asked for; nothing is added for what was not. */
    void putParts(Map<String, Object> parts) {
        calibrationSha256.ifPresent(digest -> parts.put("calibration_sha256", digest));
        if (rules != 0) {
            parts.put("builder_rules", rules);
        }
        if (!fp16Layers.isEmpty()) {
            parts.put("fp16_layers", fp16Layers);
        }
        appendedNms.ifPresent(nms -> parts.put("appended_nms", nms.parts()));
        removedHead.ifPresent(head -> parts.put("removed_head_anchors", head.anchors()));
    }
}

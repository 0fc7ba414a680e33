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
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Says why a plan cannot be used here, and what to do.
 *
 * @param plan the plan's file
 * @param device the card
 * @param remedy what to do
 */
record PlanCheck(Path plan, CudaDevice device, String remedy) {
    /** How TensorRT tells that the card's memory is used up: it has no code for that. */
    private static final Pattern NO_MEMORY =
            Pattern.compile("(?i)out ?of ?memory|memory .*could not be allocated");

    /** Throws unless the plan was built for this card and this TensorRT. */
    void fits(PlanMetadata metadata) {
        PlanKey key = metadata.key();
        String version = TensorRtLibrary.version();
        String capability = PlanKey.computeCapability(device);
        if (!key.tensorRt().equals(version)) {
            throw invalid(
                    "was built by TensorRT " + key.tensorRt() + ", here is TensorRT " + version);
        }
        if (!key.card().equals(device.name()) || !key.computeCapability().equals(capability)) {
            throw invalid(
                    "was built for %s (compute capability %s), GPU %d is %s (%s)"
                            .formatted(
                                    key.card(),
                                    key.computeCapability(),
                                    device.index(),
                                    device.name(),
                                    capability));
        }
    }

    /** Throws unless the plan is what was built. */
    void undamaged(PlanMetadata metadata, String sha256) {
        if (!metadata.planSha256().equals(sha256)) {
            throw invalid(
                    "is damaged: its SHA-256 is "
                            + sha256
                            + ", it was built with "
                            + metadata.planSha256());
        }
    }

    /** Throws unless an engine still makes of the golden frame what was recorded. */
    void golden(PlanMetadata metadata, GoldenFrame now) {
        metadata.golden()
                .difference(now)
                .ifPresent(
                        difference -> {
                            throw invalid(
                                    "loads, but computes something else than when it was built ("
                                            + difference
                                            + ")");
                        });
    }

    /** The failure where TensorRT does not take it: of the card's memory, or else of the plan. */
    FrameflowException refused(String reason) {
        if (tellsOfMemory(reason)) {
            return new FrameflowException(
                    FailureCode.OUT_OF_MEMORY,
                    "%s has no memory for the plan %s: %s; use fewer slots on the card, or a card with more memory"
                            .formatted(device.name(), plan, reason));
        }
        return invalid(
                "is refused by TensorRT "
                        + TensorRtLibrary.version()
                        + " on "
                        + device.name()
                        + ": "
                        + reason);
    }

    /** Whether a reason of TensorRT is that the card has no memory left. */
    static boolean tellsOfMemory(String reason) {
        return NO_MEMORY.matcher(reason).find();
    }

    /** The failure where the file cannot be read. */
    FrameflowException unreadable(IOException e) {
        return new FrameflowException(
                FailureCode.INVALID_PLAN,
                "cannot read the plan " + plan + ": " + e + "; " + remedy,
                e);
    }

    private FrameflowException invalid(String what) {
        return new FrameflowException(
                FailureCode.INVALID_PLAN, "the plan " + plan + " " + what + "; " + remedy);
    }
}

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
package io.frameflow.pipeline.assembly;

import io.frameflow.engine.tensorrt.AppendedNms;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.RemovedHead;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;

/** The model file for a plan, whose outputs may be others than those of the network it is of. */
final class PlanModel {
    private PlanModel() {}

    /**
     * The model file, with the family of finished boxes for a plan to which decoding and
     * suppression were added, and that of feature maps for one whose network has lost its head.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_PLAN} if thresholds are fixed in
     *     the plan that are not the model file's, or the model file asks for outputs of the head
     */
    static ModelFile of(ModelFile model, PlanVariant variant, LocatedPlan plan) {
        if (variant.appendedNms().isPresent()) {
            return withAppended(model, variant.appendedNms().get(), plan);
        }
        if (variant.removedHead().isPresent()) {
            return withoutHead(model, variant.removedHead().get(), plan);
        }
        return model;
    }

    private static ModelFile withAppended(ModelFile model, AppendedNms nms, LocatedPlan plan) {
        if (!nms.serves(model.thresholds())) {
            throw new FrameflowException(
                    FailureCode.INVALID_PLAN,
                    "the plan %s suppresses boxes by thresholds of its own (%s), and the model file"
                                    .formatted(plan.file(), nms)
                            + " has others ("
                            + AppendedNms.of(model.thresholds())
                            + "): build it again with --append-nms, or leave that out; "
                            + plan.remedy());
        }
        return model.withFamily(Family.EFFICIENT_NMS);
    }

    private static ModelFile withoutHead(ModelFile model, RemovedHead head, LocatedPlan plan) {
        if (!model.outputTensors().isEmpty()) {
            throw new FrameflowException(
                    FailureCode.INVALID_PLAN,
                    "the plan %s is of a network without its head, and the model file asks for its outputs %s; %s"
                            .formatted(plan.file(), model.outputTensors(), plan.remedy()));
        }
        return model.withoutHead(head.anchors());
    }
}

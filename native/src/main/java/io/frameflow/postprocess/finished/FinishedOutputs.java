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
package io.frameflow.postprocess.finished;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;

/**
 * The outputs of a network that has suppressed overlapping boxes itself, checked against the model
 * file.
 *
 * @param rows detections that an image can have
 * @param classes classes that it tells apart; where the model file has no labels, more than any
 *     network has
 * @param joined whether there is one output of {@code [batch, rows, 6]}: {@code left, top, right,
 *     bottom, score, class}; otherwise there are four
 * @param counts place of the number of detections among the outputs, {@code [batch, 1]}, where
 *     there are four
 * @param boxes place of the boxes, {@code [batch, rows, 4]}, or of the one output
 * @param scores place of the scores, {@code [batch, rows]}, where there are four
 * @param classIds place of the classes, {@code [batch, rows]}, where there are four
 */
public record FinishedOutputs(
        int rows, int classes, boolean joined, int counts, int boxes, int scores, int classIds) {
    /** Numbers of a row of the one output. */
    public static final int ROW = 6;

    private static final int MOST_CLASSES = 65_536;
    private static final int BOX = 4;

    /**
     * The outputs that the model file's family has.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others
     */
    public static FinishedOutputs of(ModelFile model, NetworkSignature signature) {
        int classes = model.labels().isEmpty() ? MOST_CLASSES : model.labels().size();
        return model.family() == Family.END_TO_END
                ? joined(model, signature, classes)
                : separate(model, signature, classes);
    }

    private static FinishedOutputs joined(
            ModelFile model, NetworkSignature signature, int classes) {
        OutputContract contract =
                new OutputContract(model, signature, "one output [batch, rows, 6]");
        TensorInfo output = contract.single();
        if (output.dimension(2) != ROW) {
            throw contract.unfit(output);
        }
        return new FinishedOutputs(output.dimension(1), classes, true, 0, 0, 0, 0);
    }

    private static FinishedOutputs separate(
            ModelFile model, NetworkSignature signature, int classes) {
        OutputContract contract =
                new OutputContract(
                        model,
                        signature,
                        "num_dets [batch, 1], det_boxes [batch, rows, 4], det_scores [batch, rows]"
                                + " and det_classes [batch, rows]");
        int boxes = contract.named("det_boxes");
        TensorInfo shape = signature.outputs().get(boxes);
        if (shape.rank() != 3 || shape.dimension(2) != BOX) {
            throw contract.unfit(shape);
        }
        int rows = shape.dimension(1);
        return new FinishedOutputs(
                rows,
                classes,
                false,
                contract.named("num_dets", 1),
                boxes,
                contract.named("det_scores", rows),
                contract.named("det_classes", rows));
    }
}

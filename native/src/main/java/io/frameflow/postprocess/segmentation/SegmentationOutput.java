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
package io.frameflow.postprocess.segmentation;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.result.ClassMap;

/**
 * The logits of a segmentation network, checked against the model file: its first output, {@code
 * [batch, classes, height, width]}. Others, such as those that help in training, are not read.
 *
 * @param classes classes that it tells apart, 2 to 256
 * @param height rows of the grid, which may be coarser than the input
 * @param width cells a row
 */
public record SegmentationOutput(int classes, int height, int width) {
    private static final int RANK = 4;

    /**
     * Checks the outputs.
     *
     * @throws FrameflowException with {@code INVALID_MODEL} if they are others, or are for another
     *     number of classes than the model file has labels
     */
    public static SegmentationOutput of(ModelFile model, NetworkSignature signature) {
        if (signature.outputs().isEmpty() || signature.outputs().get(0).rank() != RANK) {
            throw unfit(model, "outputs are " + signature.outputs());
        }
        TensorInfo output = signature.outputs().get(0);
        int classes = output.dimension(1);
        int labels = model.labels().size();
        if (classes < 2 || classes > ClassMap.MOST_CLASSES) {
            throw unfit(model, "output is " + output);
        }
        if (labels > 0 && labels != classes) {
            throw unfit(model, "output is " + output + ", which is " + classes + " classes");
        }
        return new SegmentationOutput(classes, output.dimension(2), output.dimension(3));
    }

    private static FrameflowException unfit(ModelFile model, String found) {
        String classes =
                model.labels().isEmpty()
                        ? "2 to " + ClassMap.MOST_CLASSES + " classes"
                        : model.labels().size() + " classes";
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "network %s does not fit the model file: its %s, expected for family segmentation is a first output [batch, %s, height, width]"
                        .formatted(model.onnx(), found, classes));
    }
}

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
package io.frameflow.postprocess.yolo;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import java.util.Locale;

/**
 * The one output of a YOLO network, checked against the model file.
 *
 * @param anchors candidates that it proposes for each image
 * @param classes classes that it tells apart
 */
record YoloOutput(int anchors, int classes) {
    private static final int BOX = 4;
    private static final int BOX_AND_OBJECTNESS = 5;

    /** The output of a network that proposes candidates as rows with an objectness. */
    static YoloOutput v5(ModelFile model, NetworkSignature signature) {
        TensorInfo output = single(model, signature);
        YoloOutput found =
                new YoloOutput(output.dimension(1), output.dimension(2) - BOX_AND_OBJECTNESS);
        return found.checked(model, output);
    }

    /** The output of a network that proposes candidates as columns without one. */
    static YoloOutput v8(ModelFile model, NetworkSignature signature) {
        TensorInfo output = single(model, signature);
        YoloOutput found = new YoloOutput(output.dimension(2), output.dimension(1) - BOX);
        return found.checked(model, output);
    }

    private static TensorInfo single(ModelFile model, NetworkSignature signature) {
        if (signature.outputs().size() != 1 || signature.outputs().get(0).rank() != 3) {
            throw unfit(model, "outputs are " + signature.outputs());
        }
        return signature.outputs().get(0);
    }

    private YoloOutput checked(ModelFile model, TensorInfo output) {
        int labels = model.labels().size();
        if (classes < 1) {
            throw unfit(model, "output is " + output);
        }
        if (labels > 0 && labels != classes) {
            throw unfit(model, "output is " + output + ", which is " + classes + " classes");
        }
        // The other layout has few long rows instead of many short ones.
        if (labels == 0 && classes > anchors) {
            throw unfit(
                    model,
                    "output is %s, which is %d classes and only %d candidates"
                            .formatted(output, classes, anchors));
        }
        return this;
    }

    private static FrameflowException unfit(ModelFile model, String found) {
        String classes = model.labels().isEmpty() ? "classes" : model.labels().size() + " classes";
        String expected =
                model.family() == Family.YOLOV5
                        ? "[batch, candidates, 5 + " + classes + "]"
                        : "[batch, 4 + " + classes + ", candidates]";
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "network %s does not fit the model file: its %s, expected for family %s is one output %s"
                        .formatted(
                                model.onnx(),
                                found,
                                model.family().name().toLowerCase(Locale.ROOT),
                                expected));
    }
}

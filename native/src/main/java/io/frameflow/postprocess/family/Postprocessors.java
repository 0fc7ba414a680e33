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
package io.frameflow.postprocess.family;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.face.FacePostprocessors;
import io.frameflow.postprocess.finished.FinishedPostprocessors;
import io.frameflow.postprocess.segmentation.SegmentationOutput;
import io.frameflow.postprocess.segmentation.SegmentationPostprocessor;
import io.frameflow.postprocess.ssd.SsdPostprocessors;
import io.frameflow.postprocess.tensor.RawTensorPostprocessor;
import io.frameflow.postprocess.yolo.YoloPostprocessors;
import io.frameflow.result.Findings;

/** Makes the post-processing on the CPU for a model file. */
public final class Postprocessors {
    private Postprocessors() {}

    /**
     * The post-processing of the model file's family, and the outputs that the file asks for as
     * they are.
     *
     * @param signature what the network has
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL}, naming the tensor
     *     and what was expected, if the network's outputs are not those of the family
     */
    public static Postprocessor of(ModelFile model, NetworkSignature signature) {
        Postprocessor family = ofFamily(model, signature);
        boolean tensors = model.family() == Family.TENSOR || !model.outputTensors().isEmpty();
        return tensors ? RawTensorPostprocessor.of(model, signature, family) : family;
    }

    private static Postprocessor ofFamily(ModelFile model, NetworkSignature signature) {
        return switch (model.family()) {
            case YOLOV5, YOLOV8, YOLOV7_POSE, YOLOV8_POSE, YOLO5FACE ->
                    YoloPostprocessors.decoded(model, signature);
            case YUNET -> FacePostprocessors.yunet(model, signature);
            case YUFACEDETECTNET -> FacePostprocessors.yuFaceDetectNet(model, signature);
            case YOLOV3_RAW, YOLOV5_RAW -> YoloPostprocessors.raw(model, signature);
            case END_TO_END, EFFICIENT_NMS -> FinishedPostprocessors.of(model, signature);
            case ULTRAFACE, ULTRAFACE_RAW, SSDLITE -> SsdPostprocessors.of(model, signature);
            case SEGMENTATION ->
                    new SegmentationPostprocessor(SegmentationOutput.of(model, signature));
            case TENSOR -> (outputs, image, letterbox, thresholds) -> Findings.nothing();
        };
    }
}

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
package io.frameflow.postprocess.gpu;

import io.frameflow.cuda.kernel.CandidateKernel;
import io.frameflow.cuda.kernel.CandidateTarget;
import io.frameflow.cuda.kernel.FinishedCandidatesKernel;
import io.frameflow.cuda.kernel.SsdCandidatesKernel;
import io.frameflow.cuda.kernel.YoloCandidatesKernel;
import io.frameflow.cuda.kernel.YoloRawCandidatesKernel;
import io.frameflow.cuda.kernel.YuFaceCandidatesKernel;
import io.frameflow.cuda.kernel.YunetCandidatesKernel;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.face.YuFaceOutputs;
import io.frameflow.postprocess.face.YunetOutputs;
import io.frameflow.postprocess.finished.FinishedOutputs;
import io.frameflow.postprocess.ssd.SsdOutputs;
import io.frameflow.postprocess.yolo.YoloOutput;
import io.frameflow.postprocess.yolo.YoloRawOutputs;

/**
 * The outputs of a detector, checked against its model file, and the kernel that decodes them: the
 * one place that knows which kernel belongs to which family. Immutable.
 */
public final class GpuHead {
    private final int anchors;
    private final int classes;
    private final int keypoints;
    private final boolean suppressing;
    private final KernelMaker maker;

    private GpuHead(
            int anchors, int classes, int keypoints, boolean suppressing, KernelMaker maker) {
        this.anchors = anchors;
        this.classes = classes;
        this.keypoints = keypoints;
        this.suppressing = suppressing;
        this.maker = maker;
    }

    /**
     * The head of a network.
     *
     * @param signature what the network has; the types of its elements may be half precision
     * @throws FrameflowException with {@code INVALID_MODEL}, naming the tensor and what was
     *     expected, if the outputs are not those of the model file's family, or the family detects
     *     nothing
     */
    public static GpuHead of(ModelFile model, NetworkSignature signature) {
        return switch (model.family()) {
            case YOLOV5, YOLOV8, YOLOV7_POSE, YOLOV8_POSE, YOLO5FACE ->
                    yolo(YoloOutput.of(model, signature));
            case YUNET -> yunet(YunetOutputs.of(model, signature));
            case YUFACEDETECTNET -> yuFace(YuFaceOutputs.of(model, signature));
            case YOLOV3_RAW, YOLOV5_RAW -> yoloRaw(YoloRawOutputs.of(model, signature));
            case END_TO_END, EFFICIENT_NMS -> finished(FinishedOutputs.of(model, signature));
            case ULTRAFACE, ULTRAFACE_RAW, SSDLITE -> ssd(SsdOutputs.of(model, signature));
            default ->
                    throw new FrameflowException(
                            FailureCode.INVALID_MODEL,
                            "networks of family " + model.family().label() + " detect no objects");
        };
    }

    private static GpuHead yolo(YoloOutput layout) {
        return new GpuHead(
                layout.anchors(),
                layout.classes(),
                layout.keypoints(),
                true,
                (network, target) ->
                        new YoloCandidatesKernel(
                                layout, network.type(0), network.output(0), target));
    }

    private static GpuHead yoloRaw(YoloRawOutputs layout) {
        return new GpuHead(
                layout.anchors(),
                layout.classes(),
                0,
                true,
                (network, target) ->
                        new YoloRawCandidatesKernel(
                                layout, network.commonType(), network.outputs(), target));
    }

    private static GpuHead finished(FinishedOutputs layout) {
        return new GpuHead(
                layout.rows(),
                layout.classes(),
                0,
                false,
                (network, target) ->
                        new FinishedCandidatesKernel(
                                layout, network.finishedType(layout), network.outputs(), target));
    }

    private static GpuHead yunet(YunetOutputs layout) {
        return new GpuHead(
                layout.anchors(),
                1,
                YunetOutputs.LANDMARKS,
                true,
                (network, target) ->
                        new YunetCandidatesKernel(
                                layout, network.commonType(), network.outputs(), target));
    }

    private static GpuHead yuFace(YuFaceOutputs layout) {
        return new GpuHead(
                layout.priors().count(),
                1,
                YuFaceOutputs.LANDMARKS,
                true,
                (network, target) ->
                        new YuFaceCandidatesKernel(
                                layout, network.commonType(), network.outputs(), target));
    }

    private static GpuHead ssd(SsdOutputs layout) {
        return new GpuHead(
                layout.priors().count(),
                layout.classes(),
                0,
                true,
                (network, target) ->
                        new SsdCandidatesKernel(
                                layout,
                                network.commonType(),
                                network.output(layout.boxes()),
                                network.output(layout.scores()),
                                target));
    }

    /** Candidates that a picture can have: the room that {@code CandidateBuffers} need. */
    public int anchors() {
        return anchors;
    }

    /** Keypoints of each object; 0 for families without. */
    public int keypoints() {
        return keypoints;
    }

    /** Whether overlapping boxes are still to be suppressed. */
    boolean suppressing() {
        return suppressing;
    }

    int classes() {
        return classes;
    }

    KernelMaker maker() {
        return maker;
    }

    /** Makes the kernel of a family. */
    @FunctionalInterface
    interface KernelMaker {
        CandidateKernel make(NetworkOnCard network, CandidateTarget target);
    }
}

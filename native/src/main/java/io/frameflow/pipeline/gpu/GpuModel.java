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
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.YoloCandidatesKernel;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.TensorRtEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import java.util.List;

/**
 * A model file and the engine that runs it, checked against each other.
 *
 * @param file the model file
 * @param engine the engine
 * @param device the card
 * @param kernels machine code of kernels
 * @param head the output with the candidates
 * @param anchors candidates a picture
 * @param classes classes
 */
record GpuModel(
        ModelFile file,
        TensorRtEngine engine,
        CudaDevice device,
        KernelCache kernels,
        TensorInfo head,
        int anchors,
        int classes) {
    private static final int BOX_NUMBERS = 4;

    /**
     * Checks the engine against the model file.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL}, naming the tensor
     */
    static GpuModel of(
            ModelFile file, TensorRtEngine engine, CudaDevice device, KernelCache kernels) {
        InputSpec input = file.input();
        NetworkSignature signature = engine.signature();
        List<Integer> shape = signature.input().shape();
        List<Integer> expected = List.of(3, input.height(), input.width());
        if (!shape.subList(1, shape.size()).equals(expected)) {
            throw invalid(signature.input(), "[batch, 3, height, width] with " + expected);
        }
        if (signature.outputs().size() != 1) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "the family "
                            + file.family()
                            + " has one output, the plan has "
                            + signature.outputs());
        }
        TensorInfo head = signature.outputs().get(0);
        if (head.rank() != 3) {
            throw invalid(head, "three dimensions with the batch");
        }
        boolean anchorsFirst = file.family() == Family.YOLOV5;
        int anchors = head.dimension(anchorsFirst ? 1 : 2);
        int channels = head.dimension(anchorsFirst ? 2 : 1);
        int classes = channels - BOX_NUMBERS - (anchorsFirst ? 1 : 0);
        int labels = file.labels().size();
        if (classes < 1 || (labels > 0 && labels != classes)) {
            throw invalid(head, "one score for each of the " + labels + " labels");
        }
        return new GpuModel(file, engine, device, kernels, head, anchors, classes);
    }

    private static FrameflowException invalid(TensorInfo tensor, String expected) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "the plan has " + tensor + ", the model file needs " + expected);
    }

    InputSpec input() {
        return file.input();
    }

    DetectionThresholds thresholds() {
        return file.thresholds();
    }

    String inputName() {
        return engine.signature().input().name();
    }

    ElementType inputType() {
        return engine.signature().input().type();
    }

    String headName() {
        return head.name();
    }

    ElementType headType() {
        return head.type();
    }

    YoloCandidatesKernel.Layout headLayout() {
        return switch (file.family()) {
            case YOLOV5 -> YoloCandidatesKernel.Layout.ANCHOR_MAJOR;
            case YOLOV8 -> YoloCandidatesKernel.Layout.CHANNEL_MAJOR;
            default -> throw new IllegalStateException("not on the card: " + file.family());
        };
    }
}

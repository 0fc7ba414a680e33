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

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.segmentation.SegmentationOutput;
import io.frameflow.postprocess.tensor.ChosenOutputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made of a network's outputs, checked against its model file. Immutable.
 *
 * @param model the model file
 * @param head what decodes boxes; null for families that do not look for objects
 * @param classes logits of a class map; null for other families
 * @param tensors outputs that go into the results as they are, in their order
 */
public record GpuOutputs(
        ModelFile model,
        @Nullable GpuHead head,
        @Nullable SegmentationOutput classes,
        List<TensorInfo> tensors) {
    /** Copies the list. */
    public GpuOutputs {
        tensors = List.copyOf(tensors);
    }

    /**
     * What the model file asks for.
     *
     * @param signature what the network has; the types of its elements may be half precision
     * @throws FrameflowException with {@code INVALID_MODEL}, naming the tensor and what was
     *     expected, if the outputs are not those of the model file's family, or one that it names
     *     is not there
     */
    public static GpuOutputs of(ModelFile model, NetworkSignature signature) {
        Family family = model.family();
        boolean handsOn = family == Family.TENSOR || !model.outputTensors().isEmpty();
        List<TensorInfo> tensors =
                handsOn
                        ? ChosenOutputs.of(model, signature).stream()
                                .map(place -> signature.outputs().get(place))
                                .toList()
                        : List.of();
        return new GpuOutputs(
                model,
                family.findsObjects() ? GpuHead.of(model, signature) : null,
                family == Family.SEGMENTATION ? SegmentationOutput.of(model, signature) : null,
                tensors);
    }
}

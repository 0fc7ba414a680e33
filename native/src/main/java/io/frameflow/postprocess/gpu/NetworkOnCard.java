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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.postprocess.finished.FinishedOutputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's outputs for the batches of one lane, and what kernels need to work on them. Nothing
 * of it is owned.
 *
 * @param device the card
 * @param kernels machine code of kernels
 * @param signature what the network has
 * @param outputs memory of each output, in the order of the signature
 * @param frames the pictures of a batch
 */
public record NetworkOnCard(
        CudaDevice device,
        KernelCache kernels,
        NetworkSignature signature,
        List<DeviceBuffer> outputs,
        FrameDescriptors frames) {
    /** Copies the list. */
    public NetworkOnCard {
        outputs = List.copyOf(outputs);
    }

    /** Most pictures of a batch. */
    int mostPictures() {
        return frames.capacity();
    }

    DeviceBuffer output(int index) {
        return outputs.get(index);
    }

    Map<String, DeviceBuffer> outputsByName() {
        Map<String, DeviceBuffer> byName = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            byName.put(signature.outputs().get(i).name(), outputs.get(i));
        }
        return byName;
    }

    ElementType type(int index) {
        return signature.outputs().get(index).type();
    }

    /** The type of boxes and scores, where counts and classes are integers. */
    ElementType finishedType(FinishedOutputs layout) {
        if (layout.joined()) {
            return type(layout.boxes());
        }
        boolean fits =
                type(layout.boxes()) == type(layout.scores())
                        && type(layout.counts()) == ElementType.INT32
                        && type(layout.classIds()) == ElementType.INT32;
        if (!fits) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "the outputs are "
                            + signature.outputs()
                            + ", expected are int32 for counts and classes, and one type for boxes"
                            + " and scores");
        }
        return type(layout.boxes());
    }

    /** The type of all outputs. */
    ElementType commonType() {
        ElementType type = type(0);
        if (signature.outputs().stream().anyMatch(output -> output.type() != type)) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "the outputs are "
                            + signature.outputs()
                            + ", expected is one type for all of them");
        }
        return type;
    }
}

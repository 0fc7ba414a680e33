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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.model.Family;
import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Has an engine that computes in half precision take and give numbers of that type. Files of
 * networks have single precision there, which the engine would convert with a pass over memory for
 * each tensor; the kernels before and behind it read and write either type.
 */
final class HalfTensors {
    /**
     * Families whose outputs are those of convolutions, of which half precision is all there is.
     * Others compute boxes in pixels, for which 11 bits are few.
     */
    private static final Set<Family> CONVOLUTIONS_LAST =
            EnumSet.of(Family.YOLOV3_RAW, Family.YOLOV5_RAW);

    private HalfTensors() {}

    /** Does so; the builder must be allowed half precision. */
    static void use(INetworkDefinition network, Family family) {
        halve(network.getInput(0));
        if (CONVOLUTIONS_LAST.contains(family)) {
            for (int i = 0; i < network.getNbOutputs(); i++) {
                halve(network.getOutput(i));
            }
        }
    }

    private static void halve(ITensor tensor) {
        if (tensor.getType().intern() == DataType.kFLOAT) {
            tensor.setType(DataType.kHALF);
        }
    }
}

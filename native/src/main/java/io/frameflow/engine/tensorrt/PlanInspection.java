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
package io.frameflow.engine.tensorrt;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.NetworkSignature;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a plan says about itself once it is loaded.
 *
 * @param plan its file
 * @param machine where it was loaded
 * @param info precision and digest
 * @param signature inputs, outputs and batch range
 * @param optimalBatch images that it is tuned for
 * @param layers layers after fusion
 * @param auxiliaryStreams streams that TensorRT adds to the caller's
 * @param loadedBytes device memory that loading took
 * @param contextBytes device memory that each execution context takes
 * @param metadata what was recorded when it was built; absent for plans of other programs
 */
public record PlanInspection(
        Path plan,
        GpuMachine machine,
        EngineInfo info,
        NetworkSignature signature,
        int optimalBatch,
        int layers,
        int auxiliaryStreams,
        long loadedBytes,
        long contextBytes,
        Optional<PlanMetadata> metadata) {

    /**
     * Loads a plan on a card and asks it.
     *
     * @param remedy what to do about a plan that cannot be used, for messages
     * @throws io.frameflow.failure.FrameflowException as {@link TensorRtEngine#load} says
     */
    public static PlanInspection of(Path plan, int gpu, String remedy) {
        CudaDevice device = CudaDevice.open(gpu);
        TensorRtLibrary.load();
        long free = device.freeMemoryBytes();
        try (TensorRtEngine engine = TensorRtEngine.load(plan, device, remedy)) {
            return new PlanInspection(
                    plan,
                    GpuMachine.of(device),
                    engine.info(),
                    engine.signature(),
                    PlanSignature.optimalBatch(engine.handle(), engine.signature()),
                    engine.handle().getNbLayers(),
                    engine.handle().getNbAuxStreams(),
                    Math.max(0, free - device.freeMemoryBytes()),
                    engine.contextBytes(),
                    PlanMetadata.of(plan));
        }
    }
}

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
import io.frameflow.cuda.CudaVersions;

/**
 * Where something was measured.
 *
 * @param gpu number of the card
 * @param card its name
 * @param computeCapability its compute capability, such as {@code 9.0}
 * @param memoryBytes its memory
 * @param driver version of its driver; {@code unknown} where the system does not tell
 * @param cudaDriver newest CUDA version that the driver serves
 * @param cudaRuntime version of CUDA's runtime library
 * @param tensorRt version of TensorRT
 */
public record GpuMachine(
        int gpu,
        String card,
        String computeCapability,
        long memoryBytes,
        String driver,
        String cudaDriver,
        String cudaRuntime,
        String tensorRt) {

    /** The machine that this is. */
    public static GpuMachine of(CudaDevice device) {
        CudaVersions versions = CudaVersions.here();
        return new GpuMachine(
                device.index(),
                device.name(),
                PlanKey.computeCapability(device),
                device.memoryBytes(),
                versions.module().orElse("unknown"),
                versions.driver(),
                versions.runtime(),
                TensorRtLibrary.version());
    }
}

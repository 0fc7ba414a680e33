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
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.denoise.gpu.GpuDenoiser;
import io.frameflow.resource.Rollback;

/**
 * Noise reduction for all lanes of a pipeline: the histories of cameras, and the one stream in
 * which all batches are filtered, so that each finds the histories as the one before it left them.
 * The stream gives way to the engine's, which works on the batch before meanwhile.
 */
final class PipelineDenoiser implements AutoCloseable {
    private final DenoiseSettings usual;
    private final GpuDenoiser denoiser;
    private final CudaStream stream;

    /** A denoiser without histories; memory for them is taken as cameras come. */
    PipelineDenoiser(CudaDevice device, KernelCache kernels, DenoiseStage stage) {
        usual = stage.settings();
        try (Rollback rollback = new Rollback()) {
            stream = rollback.add(new CudaStream());
            denoiser = rollback.add(new GpuDenoiser(device, kernels, stage.historyLimit()));
            rollback.commit();
        }
    }

    /** What one lane needs; the caller closes it before this. */
    LaneDenoiser newLane(int capacity) {
        return new LaneDenoiser(denoiser.newBatch(capacity), usual, stream);
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(stream);
            everything.add(denoiser);
        }
    }
}

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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.resource.Rollback;

/**
 * Measures the noise of pictures, and tells from it what {@link DenoiseKernel} goes by. See {@code
 * noise_meter.cu}; the twin on the CPU is in {@link io.frameflow.denoise}.
 */
public final class NoiseMeterKernel implements AutoCloseable {
    private static final int THREADS = 1024;
    private static final int BLOCKS_A_PICTURE = DenoisePictures.PLACES / THREADS;
    private static final int FIRST_ARGUMENT = 1;

    private final KernelModule module;
    private final KernelLaunch launch;

    /** Prepares the kernel for these pictures. */
    public NoiseMeterKernel(CudaDevice device, KernelCache cache, DenoisePictures pictures) {
        KernelSource source = KernelSource.load("noise_meter");
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "noise_meter", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(pictures.address())
                                    .integer(0)
                                    .address(pictures.parametersAddress())
                                    .address(pictures.restsOnAddress())
                                    .address(pictures.measuresAddress())
                                    .address(pictures.ticketsAddress())
                                    .on(module, new int[] {1, 1, 1}, new int[] {THREADS, 1, 1}));
            rollback.commit();
        }
    }

    /** Queues the kernel for {@code count} pictures from {@code first} on, all of other cameras. */
    public void launch(int first, int count, CudaStream stream) {
        launch.setInt(FIRST_ARGUMENT, first);
        launch.launch(stream, BLOCKS_A_PICTURE, count, 1);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

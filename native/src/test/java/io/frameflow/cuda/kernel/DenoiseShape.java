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

/** The denoise kernel with registers and bands other than the usual ones, to compare them. */
public final class DenoiseShape implements AutoCloseable {
    private final int rows;
    private final DenoiseKernel kernel;

    /**
     * What differs.
     *
     * @param blocks blocks that a multiprocessor shall hold, which limits the registers
     * @param rows rows of a band, an even number; 0 for what the launcher takes
     * @param asyncCopies whether histories go to shared memory past the registers
     */
    public record Form(int blocks, int rows, boolean asyncCopies) {}

    /** Compiles the kernel. */
    public DenoiseShape(CudaDevice device, KernelCache cache, DenoisePictures pictures, Form form) {
        rows = form.rows();
        kernel =
                new DenoiseKernel(
                        device,
                        cache,
                        pictures,
                        KernelSource.load(
                                "denoise",
                                "BLOCKS_AN_SM=" + form.blocks(),
                                "ASYNC_COPIES=" + (form.asyncCopies() ? 1 : 0)));
    }

    /** Queues the kernel for pictures from {@code first} on, which have the same size. */
    public void launch(int first, int pictures, int width, int height, CudaStream stream) {
        if (rows == 0) {
            kernel.launch(first, pictures, width, height, stream);
        } else {
            kernel.launch(first, pictures, width, height, rows, stream);
        }
    }

    /** Blocks that the card holds at a time. */
    public int residentBlocks() {
        return kernel.residentBlocks();
    }

    @Override
    public void close() {
        kernel.close();
    }
}

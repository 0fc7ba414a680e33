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

/** The denoise kernel with registers and bands other than the usual ones, to compare them. */
public final class DenoiseShape implements AutoCloseable {
    private static final int WARPS = 4;
    private static final int STRIP = 120;
    private static final int EDGE_COLUMNS = 8;

    private final int rows;
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * What differs.
     *
     * @param blocks blocks that a multiprocessor shall hold, which limits the registers
     * @param rows rows of a band
     * @param pairedStores whether lanes store two words of output at a time
     */
    public record Form(int blocks, int rows, boolean pairedStores) {}

    /** Compiles the kernel. */
    public DenoiseShape(CudaDevice device, KernelCache cache, DenoisePictures pictures, Form form) {
        rows = form.rows();
        KernelSource source =
                KernelSource.load(
                        "denoise",
                        "BLOCKS_AN_SM=" + form.blocks(),
                        "PAIRED_STORES=" + (form.pairedStores() ? 1 : 0));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "denoise", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(pictures.address())
                                    .integer(0)
                                    .address(pictures.parametersAddress())
                                    .integer(rows)
                                    .on(module, new int[] {1, 1, 1}, new int[] {32 * WARPS, 1, 1}));
            rollback.commit();
        }
    }

    /** Queues the kernel for all pictures, which have the same size. */
    public void launch(int pictures, int width, int height, CudaStream stream) {
        int strips = Math.max(1, (width - EDGE_COLUMNS + STRIP - 1) / STRIP);
        int bands = (height + rows - 1) / rows;
        launch.launch(stream, (strips * bands + WARPS - 1) / WARPS, pictures, 1);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

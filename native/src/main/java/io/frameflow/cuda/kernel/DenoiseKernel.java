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
 * Reduces the noise of pictures and brings their histories up to date, once {@link
 * NoiseMeterKernel} has measured them. See {@code denoise.cu}; the twin on the CPU is in {@link
 * io.frameflow.denoise}.
 */
public final class DenoiseKernel implements AutoCloseable {
    private static final int WARPS = 4;
    private static final int THREADS = 32 * WARPS;
    private static final int FIRST_ARGUMENT = 1;
    private static final int ROWS_ARGUMENT = 3;

    /** Columns from one strip to the next; the outer ones have a group of 4 more at the edge. */
    private static final int STRIP = 120;

    private static final int EDGE_COLUMNS = 8;

    /** Warps that a multiprocessor holds at a time. */
    private static final int RESIDENT_WARPS = 24;

    /** A band reads 4 rows more than it filters: lower ones cost more than they spread. */
    private static final int LEAST_ROWS = 16;

    private static final int MOST_ROWS = 90;

    private final KernelModule module;
    private final KernelLaunch launch;
    private final int residentWarps;

    /** Prepares the kernel for these pictures. */
    public DenoiseKernel(CudaDevice device, KernelCache cache, DenoisePictures pictures) {
        KernelSource source = KernelSource.load("denoise");
        residentWarps = device.multiprocessors() * RESIDENT_WARPS;
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "denoise", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(pictures.address())
                                    .integer(0)
                                    .address(pictures.parametersAddress())
                                    .integer(MOST_ROWS)
                                    .on(module, new int[] {1, 1, 1}, new int[] {THREADS, 1, 1}));
            rollback.commit();
        }
    }

    /**
     * Queues the kernel for {@code count} pictures from {@code first} on, all of other cameras.
     *
     * @param width width of the widest of them
     * @param height height of the highest of them
     */
    public void launch(int first, int count, int width, int height, CudaStream stream) {
        int strips = strips(width);
        int rows = rows(strips * count, height, residentWarps);
        launch.setInt(FIRST_ARGUMENT, first);
        launch.setInt(ROWS_ARGUMENT, rows);
        launch.launch(stream, divideUp(strips * divideUp(height, rows), WARPS), count, 1);
    }

    /** Strips that a picture of this width consists of, a warp each. */
    private static int strips(int width) {
        return Math.max(1, divideUp(width - EDGE_COLUMNS, STRIP));
    }

    /**
     * Rows of a band, so that all bands of all strips are filtered at the same time if they can.
     */
    static int rows(int strips, int height, int residentWarps) {
        int bands = Math.max(1, residentWarps / strips);
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, divideUp(height, bands)));
    }

    private static int divideUp(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

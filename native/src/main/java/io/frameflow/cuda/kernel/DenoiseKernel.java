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
 * NoiseMeterKernel} has measured them. There is one kernel for interleaved pixels and one for
 * planes. See {@code denoise.cu} and {@code denoise_planes.cu}; the twins on the CPU are in {@link
 * io.frameflow.denoise}.
 */
public final class DenoiseKernel implements AutoCloseable {
    private static final int WARPS = 2;
    private static final int THREADS = 32 * WARPS;
    private static final int FIRST_ARGUMENT = 1;
    private static final int ROWS_ARGUMENT = 3;

    /** Columns from one strip to the next, of the kernel for pixels and of the one for planes. */
    private static final int STRIP_OF_PIXELS = 120;

    private static final int STRIP_OF_PLANES = 256;

    private static final int LEAST_ROWS = 16;
    private static final int MOST_ROWS = 120;

    /** What a band costs beside its rows, as rows: 4 that only are read, and the wait for them. */
    private static final int ROWS_OF_START = 8;

    private final KernelModule module;
    private final KernelLaunch launch;
    private final int strip;
    private final int residentBlocks;

    private DenoiseKernel(
            String name,
            int strip,
            CudaDevice device,
            KernelCache cache,
            DenoisePictures pictures) {
        this.strip = strip;
        KernelSource source = KernelSource.load(name);
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, name, device, cache));
            residentBlocks =
                    Math.max(1, module.preferSharedMemory(THREADS)) * device.multiprocessors();
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

    /** Prepares the kernel for those of these pictures that are interleaved. */
    public static DenoiseKernel ofPixels(
            CudaDevice device, KernelCache cache, DenoisePictures pictures) {
        return new DenoiseKernel("denoise", STRIP_OF_PIXELS, device, cache, pictures);
    }

    /** Prepares the kernel for those of these pictures that are in planes. */
    public static DenoiseKernel ofPlanes(
            CudaDevice device, KernelCache cache, DenoisePictures pictures) {
        return new DenoiseKernel("denoise_planes", STRIP_OF_PLANES, device, cache, pictures);
    }

    /**
     * Queues the kernel for {@code count} pictures from {@code first} on, all of other cameras.
     *
     * @param width width of the widest of them
     * @param height height of the highest of them
     */
    public void launch(int first, int count, int width, int height, CudaStream stream) {
        int strips = divideUp(width, strip);
        int rows = rows(strips, height, count, residentBlocks);
        launch.setInt(FIRST_ARGUMENT, first);
        launch.setInt(ROWS_ARGUMENT, rows);
        launch.launch(stream, blocks(strips, height, rows), count, 1);
    }

    /** Blocks of a picture, whose warps filter a strip of a band each. */
    private static int blocks(int strips, int height, int rows) {
        return divideUp(strips * divideUp(height, rows), WARPS);
    }

    /**
     * Rows of a band, with which the blocks of all pictures end soonest: low bands read more rows
     * twice, and while the last of high ones are filtered, which takes longer where much moves, the
     * rest of the card has nothing to do.
     *
     * <p>Where each place for a block on the card has {@code share} rows to filter, bands of {@code
     * rows} take {@code share * (rows + start) / rows} and, until the last one ends, up to {@code
     * rows} more. That is least where {@code rows} is the root of {@code share * start}.
     *
     * @param strips strips of a picture
     * @param residentBlocks blocks that the card holds at a time
     */
    static int rows(int strips, int height, int pictures, int residentBlocks) {
        double share = (double) strips * height * pictures / WARPS / residentBlocks;
        int rows = 2 * (int) Math.round(Math.sqrt(share * ROWS_OF_START) / 2);
        return Math.max(LEAST_ROWS, Math.min(rows, MOST_ROWS));
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

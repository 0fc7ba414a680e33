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
 * Scales a picture down to the planes that a JPEG encoder takes. See {@code preview.cu}; the twin
 * on the CPU is {@link io.frameflow.encode.PictureScaler}.
 */
public final class PreviewKernel implements AutoCloseable {
    private static final int BLOCK_WIDTH = 32;
    private static final int BLOCK_HEIGHT = 8;
    private static final int TILE_WIDTH = 2 * BLOCK_WIDTH;
    private static final int TILE_HEIGHT = 2 * BLOCK_HEIGHT;

    /** What the rows of the target's luma are aligned to; those of its chroma to half of it. */
    private static final int PITCH_ALIGNMENT = 64;

    private static final int PIXELS = 0;
    private static final int PITCH = 1;
    private static final int WIDTH = 2;
    private static final int HEIGHT = 3;
    private static final int FORMAT = 4;
    private static final int PLANES = 5;
    private static final int PREVIEW_PITCH = 6;
    private static final int PREVIEW_WIDTH = 7;
    private static final int PREVIEW_HEIGHT = 8;

    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * A picture in device memory.
     *
     * @param address device address of the first byte
     * @param pitch bytes from one row to the next, of the first plane
     * @param width width in pixels
     * @param height height in pixels
     * @param layout how its bytes are read
     */
    public record Picture(long address, int pitch, int width, int height, PictureLayout layout) {}

    /** Loads the kernel. */
    public PreviewKernel(CudaDevice device, KernelCache cache) {
        try (Rollback rollback = new Rollback()) {
            module =
                    rollback.add(
                            new KernelModule(
                                    KernelSource.load("preview"), "preview", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(0)
                                    .integer(0)
                                    .integer(0)
                                    .integer(0)
                                    .integer(0)
                                    .address(0)
                                    .integer(0)
                                    .integer(0)
                                    .integer(0)
                                    .on(
                                            module,
                                            new int[] {1, 1, 1},
                                            new int[] {BLOCK_WIDTH, BLOCK_HEIGHT, 1}));
            rollback.commit();
        }
    }

    /** Layout of the planes for a picture: luma alone where it is grey, or chroma of half size. */
    public static PictureLayout targetLayout(PictureLayout source) {
        return source == PictureLayout.GRAY8 ? PictureLayout.GRAY8 : PictureLayout.YUV420;
    }

    /** Bytes from one row of the target's luma to the next. */
    public static int targetPitch(int width) {
        return (width + PITCH_ALIGNMENT - 1) / PITCH_ALIGNMENT * PITCH_ALIGNMENT;
    }

    /**
     * Queues the kernel.
     *
     * @param source the picture
     * @param target receives it; no larger, with {@link #targetLayout} and {@link #targetPitch}, at
     *     an even address
     */
    public void launch(Picture source, Picture target, CudaStream stream) {
        check(source, target);
        launch.setAddress(PIXELS, source.address());
        launch.setInt(PITCH, source.pitch());
        launch.setInt(WIDTH, source.width());
        launch.setInt(HEIGHT, source.height());
        launch.setInt(FORMAT, source.layout().code());
        launch.setAddress(PLANES, target.address());
        launch.setInt(PREVIEW_PITCH, target.pitch());
        launch.setInt(PREVIEW_WIDTH, target.width());
        launch.setInt(PREVIEW_HEIGHT, target.height());
        launch.launch(
                stream,
                (target.width() + TILE_WIDTH - 1) / TILE_WIDTH,
                (target.height() + TILE_HEIGHT - 1) / TILE_HEIGHT,
                1);
    }

    private static void check(Picture source, Picture target) {
        boolean fits =
                target.width() >= 1
                        && target.height() >= 1
                        && target.width() <= source.width()
                        && target.height() <= source.height()
                        && target.layout() == targetLayout(source.layout())
                        && target.pitch() == targetPitch(target.width());
        if (!fits) {
            throw new IllegalArgumentException(source + " to " + target);
        }
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

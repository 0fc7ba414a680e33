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
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.engine.ElementType;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.model.ResizePrecision;
import io.frameflow.resource.Rollback;

/**
 * Places the pictures of a batch in the model's input: bilinear scaling, padding, normalisation and
 * planar layout in one pass. See {@code letterbox.cu} for the arithmetic, {@link
 * io.frameflow.preprocess} for the twin on the CPU.
 */
public final class LetterboxKernel implements AutoCloseable {
    private static final int BLOCK_WIDTH = 32;
    private static final int BLOCK_HEIGHT = 8;
    private static final int TILE_WIDTH = 64;
    private static final int TILE_HEIGHT = 32;

    /** The height where tiles are so few that multiprocessors would be idle. */
    private static final int LOW_TILE_HEIGHT = 8;

    private static final int FEW_TILES = 512;

    private static final int BYTE_VALUES = 256;

    private final KernelModule module;
    private final DeviceBuffer table;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param frames the pictures
     * @param batch how many of them, from the first, each launch places
     * @param input size, colour order, normalisation and padding of the model's input
     * @param output receives [batch, 3, height, width] elements of {@code type}
     */
    public LetterboxKernel(
            CudaDevice device,
            KernelCache cache,
            FrameDescriptors frames,
            int batch,
            InputSpec input,
            ElementType type,
            DeviceBuffer output) {
        long needed = 3L * input.width() * input.height() * batch * type.bytes();
        if (output.bytes() < needed) {
            throw new IllegalArgumentException(
                    "the output has " + output.bytes() + " bytes, needed are " + needed);
        }
        KernelSource source =
                KernelSource.load(
                        "letterbox",
                        "OUTPUT_HALF=" + HalfFlag.of(type),
                        "ROUND_PIXELS="
                                + (input.resizePrecision() == ResizePrecision.UINT8 ? 1 : 0),
                        "TILE_ROWS=" + tileHeight(input, batch));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "letterbox", device, cache));
            table = rollback.add(normalizationTable(input.normalization()));
            launch = rollback.add(prepare(frames, batch, input, output));
            rollback.commit();
        }
    }

    /** The number for each channel and 8-bit value, so that it equals the CPU's in every bit. */
    private static DeviceBuffer normalizationTable(Normalization normalization) {
        float[] table = new float[Normalization.CHANNELS * BYTE_VALUES];
        for (int channel = 0; channel < Normalization.CHANNELS; channel++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                table[channel * BYTE_VALUES + value] = normalization.apply(channel, value);
            }
        }
        return DeviceFloats.of(table);
    }

    private static int tileHeight(InputSpec input, int batch) {
        int tiles = tilesAcross(input) * tilesDown(input, TILE_HEIGHT) * batch;
        return tiles < FEW_TILES ? LOW_TILE_HEIGHT : TILE_HEIGHT;
    }

    private static int tilesAcross(InputSpec input) {
        return (input.width() + TILE_WIDTH - 1) / TILE_WIDTH;
    }

    private static int tilesDown(InputSpec input, int tileHeight) {
        return (input.height() + tileHeight - 1) / tileHeight;
    }

    private KernelLaunch prepare(
            FrameDescriptors frames, int batch, InputSpec input, DeviceBuffer output) {
        int[] grid = {tilesAcross(input), tilesDown(input, tileHeight(input, batch)), batch};
        return new KernelLaunch.Arguments()
                .address(frames.address())
                .structure(
                        fields -> {
                            fields.putInt(input.width());
                            fields.putInt(input.height());
                            fields.putInt(input.colorOrder() == ColorOrder.BGR ? 1 : 0);
                            fields.putInt(input.padValue());
                            fields.putDouble(input.normalization().scale());
                            input.normalization().offsets().forEach(fields::putDouble);
                            input.normalization().deviations().forEach(fields::putDouble);
                        })
                .address(table.address())
                .address(output.address())
                .on(module, grid, new int[] {BLOCK_WIDTH, BLOCK_HEIGHT, 1});
    }

    /** Queues the kernel. */
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        table.close();
        module.close();
    }
}

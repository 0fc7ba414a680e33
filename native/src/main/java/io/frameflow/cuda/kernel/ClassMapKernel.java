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
import io.frameflow.model.InputSpec;
import io.frameflow.postprocess.segmentation.SegmentationOutput;
import io.frameflow.resource.Rollback;

/**
 * Gives every pixel of each frame its class: argmax of the logits and the way back to the frame in
 * one pass. See {@code class_map.cu} for the arithmetic, {@link
 * io.frameflow.postprocess.segmentation} for the twin on the CPU.
 */
public final class ClassMapKernel implements AutoCloseable {
    private static final int BLOCK = 256;

    /** Enough blocks a picture to fill every card with one picture; each takes many pixels. */
    private static final int BLOCKS = 1024;

    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param frames the pictures and their places in the model's input
     * @param batch most pictures of a launch
     * @param input size of the model's input
     * @param shape classes and grid of the logits
     * @param type their element type
     * @param logits the model's output, [batch, classes, height, width]
     * @param maps receives the classes
     */
    public ClassMapKernel(
            CudaDevice device,
            KernelCache cache,
            FrameDescriptors frames,
            int batch,
            InputSpec input,
            SegmentationOutput shape,
            ElementType type,
            DeviceBuffer logits,
            ClassMapBuffers maps) {
        long needed =
                (long) batch * shape.classes() * shape.height() * shape.width() * type.bytes();
        if (logits.bytes() < needed || maps.batch() < batch) {
            throw new IllegalArgumentException(
                    "%d bytes of logits, needed are %d; %d maps for %d pictures"
                            .formatted(logits.bytes(), needed, maps.batch(), batch));
        }
        KernelSource source = KernelSource.load("class_map", "INPUT_HALF=" + HalfFlag.of(type));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "classMap", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(frames.address())
                                    .address(logits.address())
                                    .structure(
                                            fields ->
                                                    fields.putInt(shape.classes())
                                                            .putInt(shape.width())
                                                            .putInt(shape.height())
                                                            .putInt(input.width())
                                                            .putInt(input.height()))
                                    .address(maps.table())
                                    .address(maps.nonFinite())
                                    .on(
                                            module,
                                            new int[] {BLOCKS, 1, batch},
                                            new int[] {BLOCK, 1, 1}));
            rollback.commit();
        }
    }

    /**
     * Queues the kernel for the first {@code pictures}; {@link ClassMapBuffers#upload} must be
     * queued before it.
     */
    public void launch(int pictures, CudaStream stream) {
        launch.launch(stream, BLOCKS, 1, pictures);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

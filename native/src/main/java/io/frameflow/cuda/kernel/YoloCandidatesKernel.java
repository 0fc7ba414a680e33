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
import io.frameflow.resource.Rollback;

/**
 * Decodes YOLO heads and keeps what is above the score threshold; see {@code yolo_candidates.cu}.
 */
public final class YoloCandidatesKernel implements AutoCloseable {
    private static final int BLOCK = 256;

    /** Order of a head's numbers. */
    public enum Layout {
        /** [batch, anchors, 5 + classes], with objectness: YOLOv5 and v7. */
        ANCHOR_MAJOR,
        /** [batch, 4 + classes, anchors]: YOLOv8 and later. */
        CHANNEL_MAJOR
    }

    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param head the model's output, of the layout and element type given
     * @param classes number of classes
     * @param scoreThreshold a score must be above it
     * @param candidates receives what is kept
     * @param batch pictures that each launch decodes, from the first
     */
    public YoloCandidatesKernel(
            CudaDevice device,
            KernelCache cache,
            Layout layout,
            ElementType type,
            DeviceBuffer head,
            int classes,
            float scoreThreshold,
            CandidateBuffers candidates,
            int batch) {
        KernelSource source =
                KernelSource.load(
                        "yolo_candidates",
                        "LAYOUT=" + (layout == Layout.ANCHOR_MAJOR ? 5 : 8),
                        "INPUT_HALF=" + HalfFlag.of(type));
        int anchors = candidates.anchors();
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "yoloCandidates", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(head.address())
                                    .structure(
                                            fields ->
                                                    fields.putInt(anchors)
                                                            .putInt(classes)
                                                            .putFloat(scoreThreshold))
                                    .address(candidates.keys().address())
                                    .address(candidates.boxes().address())
                                    .address(candidates.classIds().address())
                                    .address(candidates.state().address())
                                    .address(candidates.nonFinite())
                                    .on(
                                            module,
                                            new int[] {(anchors + BLOCK - 1) / BLOCK, batch, 1},
                                            new int[] {BLOCK, 1, 1}));
            rollback.commit();
        }
    }

    /** Queues the kernel; the candidates must have been cleared. */
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

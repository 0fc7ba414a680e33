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

/** Sorts, suppresses and maps candidates to source pixels; see {@code suppress.cu}. */
public final class SuppressKernel implements AutoCloseable {
    /** Candidates of a picture that take part: the best by score. */
    public static final int MAX_CANDIDATES = 4096;

    /** An overlap that no two boxes have: nothing is suppressed, whatever frames ask for. */
    public static final float NO_SUPPRESSION = 2;

    private static final int BLOCK = 1024;

    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param frames where each picture lies in the model's input
     * @param candidates what the decoding left
     * @param overlapThreshold a box goes where it overlaps a better one by more than this, 0 to 1,
     *     unless its frame has a threshold of its own; {@link #NO_SUPPRESSION} where none goes
     * @param classAgnostic whether boxes of different classes suppress each other
     * @param detections receives the result of each picture of its batch
     */
    public SuppressKernel(
            CudaDevice device,
            KernelCache cache,
            FrameDescriptors frames,
            CandidateBuffers candidates,
            float overlapThreshold,
            boolean classAgnostic,
            DetectionBuffers detections) {
        KernelSource source = KernelSource.load("suppress", "MAX_CANDIDATES=" + MAX_CANDIDATES);
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source, "suppress", device, cache));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(frames.address())
                                    .address(candidates.keys().address())
                                    .address(candidates.boxes().address())
                                    .address(candidates.classIds().address())
                                    .address(candidates.state().address())
                                    .address(candidates.nonFinite())
                                    .structure(
                                            fields ->
                                                    fields.putInt(candidates.anchors())
                                                            .putInt(detections.maxDetections())
                                                            .putInt(classAgnostic ? 1 : 0)
                                                            .putFloat(overlapThreshold))
                                    .structure(
                                            fields ->
                                                    fields.putLong(detections.boxes())
                                                            .putLong(detections.scores())
                                                            .putLong(detections.classIds())
                                                            .putLong(detections.anchors()))
                                    .address(detections.counts())
                                    .on(
                                            module,
                                            new int[] {detections.batch(), 1, 1},
                                            new int[] {BLOCK, 1, 1}));
            rollback.commit();
        }
    }

    /** Queues the kernel. */
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}

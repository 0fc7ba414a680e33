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
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts, suppresses and maps candidates and their keypoints to source pixels; see {@code
 * suppress.cu}.
 */
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
     * @param keypoints where the keypoints of all anchors are; null for networks without
     * @param detections receives the result of each picture of its batch
     * @throws IllegalArgumentException if the detections have room for another number of keypoints
     */
    public SuppressKernel(
            CudaDevice device,
            KernelCache cache,
            FrameDescriptors frames,
            CandidateBuffers candidates,
            float overlapThreshold,
            boolean classAgnostic,
            @Nullable KeypointSource keypoints,
            DetectionBuffers detections) {
        int count = keypoints == null ? 0 : keypoints.keypoints();
        if (detections.keypointCount() != count) {
            throw new IllegalArgumentException(
                    "room for %d keypoints, there are %d"
                            .formatted(detections.keypointCount(), count));
        }
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(source(keypoints), "suppress", device, cache));
            KernelLaunch.Arguments arguments =
                    arguments(frames, candidates)
                            .structure(
                                    fields ->
                                            fields.putInt(candidates.anchors())
                                                    .putInt(detections.maxDetections())
                                                    .putInt(classAgnostic ? 1 : 0)
                                                    .putFloat(overlapThreshold))
                            .structure(detections::putResults);
            if (keypoints != null) {
                arguments.structure(fields -> putKeypoints(fields, keypoints, detections));
            }
            int[] grid = {detections.batch(), 1, 1};
            launch = rollback.add(arguments.on(module, grid, new int[] {BLOCK, 1, 1}));
            rollback.commit();
        }
    }

    private static KernelSource source(@Nullable KeypointSource keypoints) {
        String most = "MAX_CANDIDATES=" + MAX_CANDIDATES;
        return keypoints == null
                ? KernelSource.load("suppress", most, "KEYPOINTS=0")
                : KernelSource.load(
                        "suppress",
                        most,
                        "KEYPOINTS=1",
                        "INPUT_HALF=" + HalfFlag.of(keypoints.type()));
    }

    private static KernelLaunch.Arguments arguments(
            FrameDescriptors frames, CandidateBuffers candidates) {
        return new KernelLaunch.Arguments()
                .address(frames.address())
                .address(candidates.keys().address())
                .address(candidates.boxes().address())
                .address(candidates.classIds().address())
                .address(candidates.state().address())
                .address(candidates.nonFinite());
    }

    private static void putKeypoints(
            ByteBuffer fields, KeypointSource source, DetectionBuffers detections) {
        fields.putLong(source.address())
                .putLong(detections.keypoints())
                .putInt(source.imageStride())
                .putInt(source.anchorStride())
                .putInt(source.channelStride())
                .putInt(source.firstChannel())
                .putInt(source.keypoints())
                .putInt(source.numbers());
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

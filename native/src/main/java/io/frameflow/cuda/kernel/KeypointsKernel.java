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
 * Gathers the keypoints of detections and maps them to source pixels; see {@code keypoints.cu}. It
 * is launched after the suppression.
 */
public final class KeypointsKernel implements AutoCloseable {
    private static final int BLOCK = 256;

    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param frames where each picture lies in the model's input
     * @param source where the keypoints of all anchors are
     * @param detections the detections, which receive the keypoints
     * @throws IllegalArgumentException if the detections have room for another number of keypoints
     */
    public KeypointsKernel(
            CudaDevice device,
            KernelCache cache,
            FrameDescriptors frames,
            KeypointSource source,
            DetectionBuffers detections) {
        if (detections.keypointCount() != source.keypoints()) {
            throw new IllegalArgumentException(
                    "room for %d keypoints, there are %d"
                            .formatted(detections.keypointCount(), source.keypoints()));
        }
        KernelSource kernel =
                KernelSource.load("keypoints", "INPUT_HALF=" + HalfFlag.of(source.type()));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(new KernelModule(kernel, "keypoints", device, cache));
            launch = rollback.add(prepare(frames, source, detections));
            rollback.commit();
        }
    }

    private KernelLaunch prepare(
            FrameDescriptors frames, KeypointSource source, DetectionBuffers detections) {
        return new KernelLaunch.Arguments()
                .address(frames.address())
                .address(source.address())
                .structure(
                        fields ->
                                fields.putInt(source.imageStride())
                                        .putInt(source.anchorStride())
                                        .putInt(source.channelStride())
                                        .putInt(source.firstChannel())
                                        .putInt(source.keypoints())
                                        .putInt(source.numbers())
                                        .putInt(detections.maxDetections()))
                .structure(
                        fields ->
                                fields.putLong(detections.counts())
                                        .putLong(detections.scores())
                                        .putLong(detections.anchors())
                                        .putLong(detections.keypoints()))
                .on(module, new int[] {detections.batch(), 1, 1}, new int[] {BLOCK, 1, 1});
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

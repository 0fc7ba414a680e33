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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.denoise.CameraHistories;
import io.frameflow.denoise.FramePlace;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the histories of cameras on a card for the batches of one pipeline. All batches go to the
 * same stream, in order, and are prepared by one thread.
 */
public final class GpuDenoiser implements AutoCloseable {
    private final CudaDevice device;
    private final KernelCache kernels;
    private final CameraHistories<GpuHistory> histories;
    private final List<GpuHistory> left = new ArrayList<>();

    /**
     * A denoiser without histories.
     *
     * @param historyLimit most bytes of device memory for all histories; one takes 8 a pixel. Those
     *     that have to leave are freed with the next batch.
     */
    public GpuDenoiser(CudaDevice device, KernelCache kernels, long historyLimit) {
        this.device = device;
        this.kernels = kernels;
        this.histories = new CameraHistories<>(historyLimit, left::add);
    }

    /** What one batch in flight needs; the caller closes it before this. */
    public GpuDenoiseBatch newBatch(int capacity) {
        return new GpuDenoiseBatch(this, device, kernels, capacity);
    }

    /** The history of a frame's camera, valid until the batch is queued. */
    GpuHistory history(FramePlace place, int width, int height) {
        GpuHistory kept =
                histories.obtain(
                        place.cameraId(),
                        width,
                        height,
                        GpuHistory.bytes(width, height),
                        () -> new GpuHistory(width, height));
        if (kept != null) {
            return kept;
        }
        GpuHistory single = new GpuHistory(width, height);
        left.add(single);
        return single;
    }

    /**
     * Frees what has left. All work that uses it is queued by now, and freeing waits for that work.
     */
    void freeLeft() {
        try (Rollback everything = new Rollback()) {
            left.forEach(everything::add);
            left.clear();
        }
    }

    /** Cameras whose history left because others needed the room, so far. */
    public long evictedCameras() {
        return histories.evicted();
    }

    /** Frees all histories; no work that uses them may be queued. */
    @Override
    public void close() {
        histories.clear();
        freeLeft();
    }
}

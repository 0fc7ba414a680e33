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
 * same stream, in order, and are prepared by one thread at a time.
 */
public final class GpuDenoiser implements AutoCloseable {
    private final CudaDevice device;
    private final KernelCache kernels;
    private final CameraHistories<GpuHistory> histories;
    private final List<GpuHistory> left = new ArrayList<>();
    private final List<GpuHistory> spare = new ArrayList<>();

    /**
     * A denoiser without histories.
     *
     * @param historyLimit most bytes of device memory for all histories; one takes 8 a pixel, or 6
     *     with planes of halved chroma. Those that have to leave serve the cameras of the next
     *     batch, where these have such pictures, and are freed with the batch after it if not.
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
    GpuHistory history(FramePlace place, GpuHistory.Shape shape) {
        GpuHistory kept =
                histories.obtain(place.cameraId(), shape, shape.bytes(), () -> newHistory(shape));
        if (kept != null) {
            return kept;
        }
        GpuHistory single = newHistory(shape);
        left.add(single);
        return single;
    }

    private GpuHistory newHistory(GpuHistory.Shape shape) {
        for (GpuHistory history : spare) {
            if (history.fits(shape)) {
                spare.remove(history);
                history.begin();
                return history;
            }
        }
        return new GpuHistory(shape);
    }

    /**
     * Begins a batch. What has left with the last one can be used again, since work goes in order;
     * what nobody used again is freed, which waits for the work that uses it.
     */
    void beginBatch() {
        try (Rollback everything = new Rollback()) {
            spare.forEach(everything::add);
            spare.clear();
        }
        spare.addAll(left);
        left.clear();
    }

    /** Whether anything is remembered of any camera. */
    boolean hasHistories() {
        return histories.bytes() > 0;
    }

    /** Lets the history of a camera leave, if it has one. */
    void forget(String camera) {
        histories.forget(camera);
    }

    /** Lets all histories leave, so that all cameras begin anew. */
    void forgetAll() {
        histories.clear();
    }

    /** Cameras whose history left because others needed the room, so far. */
    public long evictedCameras() {
        return histories.evicted();
    }

    /** Frees all histories; no work that uses them may be queued. */
    @Override
    public void close() {
        histories.clear();
        try (Rollback everything = new Rollback()) {
            left.forEach(everything::add);
            spare.forEach(everything::add);
            left.clear();
            spare.clear();
        }
    }
}

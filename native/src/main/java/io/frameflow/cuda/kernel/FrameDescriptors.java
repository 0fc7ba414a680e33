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

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.geometry.Letterbox;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where each picture of a batch lies on the card and how it is placed in the model's input, as the
 * kernels read it: {@code FrameDescriptor} in {@code types.cuh}. The host writes it, {@link
 * #upload} brings it over; launches, which are prepared once, read it anew each time.
 */
public final class FrameDescriptors implements AutoCloseable {
    private static final int BYTES = 64;
    private static final int SCORE_THRESHOLD = 56;
    private static final int OVERLAP_THRESHOLD = 60;

    /** No threshold of the frame's own. */
    private static final float NONE = -1;

    private final int capacity;
    private final PinnedBuffer host;
    private final DeviceBuffer device;

    /** Descriptors for up to {@code capacity} pictures, all unused. */
    public FrameDescriptors(int capacity) {
        try (Rollback rollback = new Rollback()) {
            this.capacity = capacity;
            this.host = rollback.add(new PinnedBuffer((long) capacity * BYTES));
            this.device = rollback.add(new DeviceBuffer((long) capacity * BYTES));
            rollback.commit();
        }
        for (int i = 0; i < capacity; i++) {
            clear(i);
        }
    }

    /**
     * Describes a picture.
     *
     * @param place its place in the batch
     * @param pixels device address of its first byte
     * @param pitch bytes from one row to the next
     * @param layout how its bytes are read
     * @param letterbox its size and its place in the model's input
     */
    public void set(int place, long pixels, int pitch, PictureLayout layout, Letterbox letterbox) {
        ByteBuffer view = host.view();
        int at = place * BYTES;
        view.putLong(at, pixels);
        view.putInt(at + 8, pitch);
        view.putInt(at + 12, letterbox.sourceWidth());
        view.putInt(at + 16, letterbox.sourceHeight());
        view.putInt(at + 20, layout.code());
        view.putInt(at + 24, letterbox.resizedWidth());
        view.putInt(at + 28, letterbox.resizedHeight());
        view.putInt(at + 32, letterbox.padLeft());
        view.putInt(at + 36, letterbox.padTop());
        view.putDouble(at + 40, letterbox.scaleX());
        view.putDouble(at + 48, letterbox.scaleY());
        putThresholds(place, NONE, NONE);
    }

    /**
     * Gives a picture thresholds of its own, until it is described anew or cleared.
     *
     * @param score a candidate needs a score above this, 0 to 1, unless its class has a threshold
     *     of its own; null for what the kernels were prepared with
     * @param overlap a box goes where it overlaps a better one by more than this, 0 to 1; null for
     *     what the kernel was prepared with
     */
    public void setThresholds(int place, @Nullable Float score, @Nullable Float overlap) {
        putThresholds(place, score == null ? NONE : score, overlap == null ? NONE : overlap);
    }

    private void putThresholds(int place, float score, float overlap) {
        host.view().putFloat(place * BYTES + SCORE_THRESHOLD, score);
        host.view().putFloat(place * BYTES + OVERLAP_THRESHOLD, overlap);
    }

    /** Marks a place as unused: the model sees padding only. */
    public void clear(int place) {
        ByteBuffer view = host.view();
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            view.putLong(place * BYTES + i, 0L);
        }
        putThresholds(place, NONE, NONE);
    }

    /** Queues the copy of all descriptors to the card; the host must not write until it is done. */
    public void upload(CudaStream stream) {
        device.copyFrom(host, (long) capacity * BYTES, stream);
    }

    /** Pictures that it has room for. */
    public int capacity() {
        return capacity;
    }

    long address() {
        return device.address();
    }

    @Override
    public void close() {
        device.close();
        host.close();
    }
}

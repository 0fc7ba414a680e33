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
import io.frameflow.denoise.FilterTuning;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;

/**
 * The pictures of a batch whose noise is reduced, as the kernels read them: {@code DenoisePicture}
 * in {@code types.cuh}; and what the kernels tell of them.
 */
public final class DenoisePictures implements AutoCloseable {
    private static final int BYTES = 96;
    private static final int PARAMETER_BYTES = 84;

    /** Places of a picture at which its noise is measured. */
    static final int PLACES = 64 * 64;

    private final int capacity;
    private final PinnedBuffer host;
    private final DeviceBuffer device;
    private final DeviceBuffer parameters;
    private final DeviceBuffer measures;
    private final DeviceBuffer tickets;
    private final DeviceBuffer restsOn;
    private final PinnedBuffer restsOnHost;

    /** Room for up to {@code capacity} pictures. */
    public DenoisePictures(int capacity) {
        this.capacity = capacity;
        try (Rollback rollback = new Rollback()) {
            host = rollback.add(new PinnedBuffer((long) capacity * BYTES));
            device = rollback.add(new DeviceBuffer((long) capacity * BYTES));
            parameters = rollback.add(new DeviceBuffer((long) capacity * PARAMETER_BYTES));
            measures = rollback.add(new DeviceBuffer((long) capacity * PLACES * Integer.BYTES));
            tickets = rollback.add(DeviceBuffer.zeroed((long) capacity * Integer.BYTES));
            restsOn = rollback.add(new DeviceBuffer((long) capacity * Integer.BYTES));
            restsOnHost = rollback.add(new PinnedBuffer((long) capacity * Integer.BYTES));
            rollback.commit();
        }
    }

    /**
     * The memory of one picture, as device addresses.
     *
     * @param pixels first byte of the picture
     * @param pitch bytes from one row of it to the next
     * @param history means up to the frame before, 16-byte aligned
     * @param newHistory receives the new means; other memory than {@code history}
     * @param historyPitch words from one row of history to the next, a multiple of 4; of pictures
     *     in planes, numbers of 16 bits in a row of luma, a multiple of 8
     * @param frameCount an integer that the device keeps, beside the history
     * @param output receives RGB8, or the layout that came in where it is in planes; 16-byte
     *     aligned
     * @param outputPitch bytes from one row of output to the next, a multiple of 24 for RGB8 and of
     *     16 for planes
     */
    public record Memory(
            long pixels,
            int pitch,
            long history,
            long newHistory,
            int historyPitch,
            long frameCount,
            long output,
            int outputPitch) {}

    /**
     * Describes a picture.
     *
     * @param index its place in the order in which pictures are launched
     * @param layout how its bytes are read
     * @param begins whether the history is not to be looked at
     */
    public void set(
            int index,
            int width,
            int height,
            PictureLayout layout,
            Memory memory,
            boolean begins,
            FilterTuning tuning) {
        ByteBuffer view = host.view();
        int at = index * BYTES;
        view.putLong(at, memory.pixels());
        view.putLong(at + 8, memory.history());
        view.putLong(at + 16, memory.newHistory());
        view.putLong(at + 24, memory.output());
        view.putLong(at + 32, memory.frameCount());
        view.putInt(at + 40, memory.pitch());
        view.putInt(at + 44, width);
        view.putInt(at + 48, height);
        view.putInt(at + 52, layout.code());
        view.putInt(at + 56, memory.historyPitch());
        view.putInt(at + 60, memory.outputPitch());
        view.putInt(at + 64, begins ? 1 : 0);
        view.putInt(at + 68, tuning.newestWeight());
        view.putInt(at + 72, tuning.motionThreshold());
        view.putInt(at + 76, tuning.mostNoise());
        view.putInt(at + 80, tuning.spatialRange());
        view.putInt(at + 84, tuning.spatialShare());
    }

    /**
     * Queues the copy of the first pictures to the card; the host must not write until it is done.
     */
    public void upload(int count, CudaStream stream) {
        device.copyFrom(host, (long) count * BYTES, stream);
    }

    /** Queues the copy of what {@link #restsOnFrames} reads. */
    public void download(int count, CudaStream stream) {
        restsOn.copyTo(restsOnHost, (long) count * Integer.BYTES, stream);
    }

    /** Frames that a picture rests on, itself included; once the download is done. */
    public int restsOnFrames(int index) {
        return restsOnHost.view().getInt(index * Integer.BYTES);
    }

    /** Most pictures. */
    public int capacity() {
        return capacity;
    }

    long address() {
        return device.address();
    }

    long parametersAddress() {
        return parameters.address();
    }

    /** Where blocks leave what they measure for the last one of their picture. */
    long measuresAddress() {
        return measures.address();
    }

    /** Integers that count the blocks of a picture that are done; 0 before and after a launch. */
    long ticketsAddress() {
        return tickets.address();
    }

    long restsOnAddress() {
        return restsOn.address();
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(host);
            everything.add(device);
            everything.add(parameters);
            everything.add(measures);
            everything.add(tickets);
            everything.add(restsOn);
            everything.add(restsOnHost);
        }
    }
}

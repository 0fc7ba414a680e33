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
import io.frameflow.resource.Rollback;
import io.frameflow.result.ClassMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The class maps of a batch on the card and, after {@link #download}, on the host. Frames have any
 * size, therefore each place of the batch has memory of its own, which grows with the largest frame
 * that it has seen; kernels find it through a table of addresses, so that prepared launches stay
 * valid.
 *
 * <p>For each batch: {@link #clear} and {@link #prepare} for its frames, then on a stream {@link
 * #upload}, the kernel and {@link #download}; {@link #read} once the stream is done. Not
 * thread-safe.
 */
public final class ClassMapBuffers implements AutoCloseable {
    private final List<Place> places = new ArrayList<>();
    private final PinnedBuffer hostTable;
    private final DeviceBuffer table;
    private final PinnedBuffer hostFlags;
    private final DeviceBuffer flags;
    private byte[] scratch = {};

    /**
     * Takes memory.
     *
     * @param batch pictures
     * @param pixels pixels a picture that there is room for at first, at least 1
     */
    public ClassMapBuffers(int batch, long pixels) {
        try (Rollback rollback = new Rollback()) {
            for (int i = 0; i < batch; i++) {
                places.add(rollback.add(new Place(pixels)));
            }
            hostTable = rollback.add(new PinnedBuffer((long) batch * Long.BYTES));
            table = rollback.add(new DeviceBuffer((long) batch * Long.BYTES));
            hostFlags = rollback.add(new PinnedBuffer((long) batch * Integer.BYTES));
            flags = rollback.add(new DeviceBuffer((long) batch * Integer.BYTES));
            rollback.commit();
        }
    }

    /** The map of one picture. */
    private static final class Place implements AutoCloseable {
        private DeviceBuffer device;
        private PinnedBuffer host;
        private int width;
        private int height;

        Place(long pixels) {
            try (Rollback rollback = new Rollback()) {
                device = rollback.add(new DeviceBuffer(pixels));
                host = rollback.add(new PinnedBuffer(pixels));
                rollback.commit();
            }
        }

        long pixels() {
            return (long) width * height;
        }

        void resize(int newWidth, int newHeight) {
            width = newWidth;
            height = newHeight;
            if (pixels() > device.bytes()) {
                try (Rollback rollback = new Rollback()) {
                    DeviceBuffer largerDevice = rollback.add(new DeviceBuffer(pixels()));
                    PinnedBuffer largerHost = rollback.add(new PinnedBuffer(pixels()));
                    rollback.commit();
                    close();
                    device = largerDevice;
                    host = largerHost;
                }
            }
        }

        @Override
        public void close() {
            host.close();
            device.close();
        }
    }

    /** Marks all places as unused. */
    public void clear() {
        places.forEach(place -> place.resize(0, 0));
    }

    /** Makes room for the map of a frame of this size; takes memory only where it is too small. */
    public void prepare(int picture, int width, int height) {
        Place place = places.get(picture);
        place.resize(width, height);
        hostTable.view().putLong(picture * Long.BYTES, place.device.address());
    }

    /** Queues what the kernel needs to know; to be done before it. */
    public void upload(CudaStream stream) {
        table.copyFrom(hostTable, table.bytes(), stream);
        flags.clear(stream);
    }

    /** Queues the copies to the host of the pictures that are there. */
    public void download(CudaStream stream) {
        flags.copyTo(hostFlags, flags.bytes(), stream);
        for (Place place : places) {
            if (place.pixels() > 0) {
                place.device.copyTo(place.host, place.pixels(), stream);
            }
        }
    }

    /** Whether the logits of a picture were finite, once the copies are done. */
    public boolean isFinite(int picture) {
        return hostFlags.view().getInt(picture * Integer.BYTES) == 0;
    }

    /** The map of a picture, once the copies are done. */
    public ClassMap read(int picture) {
        Place place = places.get(picture);
        int pixels = Math.toIntExact(place.pixels());
        if (scratch.length < pixels) {
            scratch = new byte[pixels];
        }
        place.host.view().get(0, scratch, 0, pixels);
        return ClassMap.of(place.width, place.height, scratch);
    }

    /** Pictures. */
    public int batch() {
        return places.size();
    }

    /** Addresses of the maps on the card, 8 bytes each. */
    long table() {
        return table.address();
    }

    /** For each picture an integer that the kernel sets to 1 if a logit is not finite. */
    long nonFinite() {
        return flags.address();
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            places.forEach(everything::add);
            everything.add(hostTable);
            everything.add(table);
            everything.add(hostFlags);
            everything.add(flags);
        }
    }
}

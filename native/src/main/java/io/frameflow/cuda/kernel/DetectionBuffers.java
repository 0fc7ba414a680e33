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
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;

/**
 * The final detections of a batch on the card and, after {@link #download}, on the host: the only
 * results that cross the bus. For each picture a count and {@code maxDetections} places.
 */
public final class DetectionBuffers implements AutoCloseable {
    private final int batch;
    private final int maxDetections;
    private final DeviceBuffer device;
    private final PinnedBuffer host;

    /** Takes memory on the card and on the host. */
    public DetectionBuffers(int batch, int maxDetections) {
        this.batch = batch;
        this.maxDetections = maxDetections;
        try (Rollback rollback = new Rollback()) {
            device = rollback.add(new DeviceBuffer(offset(7)));
            host = rollback.add(new PinnedBuffer(offset(7)));
            rollback.commit();
        }
    }

    /** Queues the copy to the host. */
    public void download(CudaStream stream) {
        device.copyTo(host, device.bytes(), stream);
    }

    /** Places a picture. */
    public int maxDetections() {
        return maxDetections;
    }

    /** The detections of one picture, once the copy is done. */
    public Detections read(int picture) {
        ByteBuffer view = host.view();
        int count = view.getInt(picture * Integer.BYTES);
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        int[] classIds = new int[count];
        int first = picture * maxDetections;
        view.slice((int) offset(0) + 16 * first, 16 * count)
                .order(view.order())
                .asFloatBuffer()
                .get(boxes);
        view.slice((int) offset(4) + 4 * first, 4 * count)
                .order(view.order())
                .asFloatBuffer()
                .get(scores);
        view.slice((int) offset(5) + 4 * first, 4 * count)
                .order(view.order())
                .asIntBuffer()
                .get(classIds);
        return Detections.of(boxes, scores, classIds);
    }

    long counts() {
        return device.address();
    }

    long boxes() {
        return device.address() + offset(0);
    }

    long scores() {
        return device.address() + offset(4);
    }

    long classIds() {
        return device.address() + offset(5);
    }

    long anchors() {
        return device.address() + offset(6);
    }

    /**
     * Where a column begins: behind the counts, padded to 256 bytes, and {@code columns} numbers.
     */
    private long offset(int columns) {
        long counts = (batch * (long) Integer.BYTES + 255) / 256 * 256;
        return counts + (long) columns * batch * maxDetections * Integer.BYTES;
    }

    @Override
    public void close() {
        host.close();
        device.close();
    }
}

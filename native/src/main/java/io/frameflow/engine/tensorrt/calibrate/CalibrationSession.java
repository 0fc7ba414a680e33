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
package io.frameflow.engine.tensorrt.calibrate;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.resource.Rollback;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.nvinfer.InterfaceInfo;
import org.jspecify.annotations.Nullable;

/**
 * What TensorRT asks of a calibrator, whatever its algorithm. An exception may not pass through
 * TensorRT: it ends the calibration and is kept for whoever started it.
 */
final class CalibrationSession implements AutoCloseable {
    private final @Nullable CalibrationData data;
    private final @Nullable PinnedBuffer host;
    private final @Nullable DeviceBuffer device;
    private final @Nullable CudaStream stream;
    private final @Nullable BytePointer known;
    private final BytePointer kind;
    private final InterfaceInfo info = new InterfaceInfo();
    private byte @Nullable [] written;
    private @Nullable Throwable failure;
    private int batches;

    private CalibrationSession(
            String kind,
            @Nullable CalibrationData data,
            @Nullable PinnedBuffer host,
            @Nullable DeviceBuffer device,
            @Nullable CudaStream stream,
            @Nullable BytePointer known) {
        this.kind = new BytePointer(kind);
        // The field is a pointer; JavaCPP's setter for texts would copy into what it points to.
        new PointerPointer<>(info).put(0, this.kind);
        info.major(1).minor(0);
        this.data = data;
        this.host = host;
        this.device = device;
        this.stream = stream;
        this.known = known;
    }

    /**
     * A session that gives batches.
     *
     * @param kind the calibrator's name in TensorRT
     * @param bytes size of a batch
     */
    static CalibrationSession ofData(String kind, CalibrationData data, long bytes) {
        try (Rollback rollback = new Rollback()) {
            PinnedBuffer host = rollback.add(new PinnedBuffer(bytes));
            DeviceBuffer device = rollback.add(new DeviceBuffer(bytes));
            CudaStream stream = rollback.add(new CudaStream());
            CalibrationSession session =
                    new CalibrationSession(kind, data, host, device, stream, null);
            rollback.commit();
            return session;
        }
    }

    /** A session that gives scales which are known already. */
    static CalibrationSession ofCache(String kind, CalibrationCache cache) {
        return new CalibrationSession(kind, null, null, null, null, new BytePointer(cache.bytes()));
    }

    InterfaceInfo info() {
        return info;
    }

    int batchSize() {
        return data == null ? 1 : data.batchSize();
    }

    boolean next(PointerPointer<?> bindings) {
        CalibrationData source = data;
        PinnedBuffer from = host;
        DeviceBuffer to = device;
        CudaStream queue = stream;
        if (source == null || from == null || to == null || queue == null || failure != null) {
            return false;
        }
        try {
            if (!source.next(from.view().asFloatBuffer())) {
                return false;
            }
            to.copyFrom(from, from.bytes(), queue);
            queue.synchronize();
            bindings.put(0, to.pointer());
            batches++;
            return true;
        } catch (Throwable e) {
            failure = e;
            return false;
        }
    }

    @Nullable Pointer read(LongPointer length) {
        length.put(0, known == null ? 0 : known.capacity());
        return known;
    }

    void write(Pointer cache, long length) {
        try {
            byte[] bytes = new byte[Math.toIntExact(length)];
            new BytePointer(cache).capacity(length).get(bytes);
            written = bytes;
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Batches that were given. */
    int batches() {
        return batches;
    }

    /** What TensorRT wrote; null if nothing. */
    byte @Nullable [] written() {
        return written;
    }

    /** What went wrong in a callback; null if nothing. */
    @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            if (stream != null) {
                everything.add(stream);
            }
            if (device != null) {
                everything.add(device);
            }
            if (host != null) {
                everything.add(host);
            }
        }
        if (known != null) {
            known.deallocate();
        }
        info.deallocate();
        kind.deallocate();
    }
}

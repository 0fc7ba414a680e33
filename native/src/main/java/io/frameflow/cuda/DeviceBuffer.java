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
package io.frameflow.cuda;

import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.util.Objects;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory of the card that was current when it was made. The contents are undefined at first. Copies
 * are queued on a stream and touch the buffer when the stream gets there: it must stay open until
 * then.
 */
public final class DeviceBuffer extends NativeResource {
    private final Pointer memory;
    private final long bytes;
    private final AddressPointer to = new AddressPointer();
    private final AddressPointer from = new AddressPointer();

    /**
     * Takes memory.
     *
     * @param bytes size, above 0
     * @throws io.frameflow.failure.FrameflowException with {@link
     *     io.frameflow.failure.FailureCode#OUT_OF_MEMORY} if the card has too little left
     */
    public DeviceBuffer(long bytes) {
        super("device memory", bytes);
        if (bytes <= 0) {
            throw new IllegalArgumentException("a buffer needs a size above 0, not " + bytes);
        }
        this.bytes = bytes;
        this.memory = new Pointer();
        CudaStatus.check(cudart.cudaMalloc(memory, bytes), "cudaMalloc of " + bytes + " bytes");
        opened();
    }

    /** Takes memory and fills it with zero bytes before it returns. */
    public static DeviceBuffer zeroed(long bytes) {
        try (Rollback rollback = new Rollback()) {
            DeviceBuffer buffer = rollback.add(new DeviceBuffer(bytes));
            CudaStatus.check(cudart.cudaMemset(buffer.memory, 0, bytes), "cudaMemset");
            // Streams of this project do not wait for the default one, in which the filling is.
            CudaStatus.check(cudart.cudaStreamSynchronize(null), "cudaStreamSynchronize");
            rollback.commit();
            return buffer;
        }
    }

    /** Size in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Address on the card. */
    public long address() {
        checkOpen();
        return memory.address();
    }

    /** The memory for calls of JavaCPP; borrowed, valid until this is closed. */
    public Pointer pointer() {
        checkOpen();
        return memory;
    }

    /** Queues a copy of the first {@code count} bytes of {@code source} to the start of this. */
    public void copyFrom(PinnedBuffer source, long count, CudaStream stream) {
        checkRange(count, source.bytes());
        CudaStatus.check(
                cudart.cudaMemcpyAsync(
                        pointer(),
                        source.pointer(),
                        count,
                        cudart.cudaMemcpyHostToDevice,
                        stream.handle()),
                "cudaMemcpyAsync to the device");
    }

    /** Queues a copy of {@code count} bytes of {@code source} to a place within this. */
    public void copyFrom(
            PinnedBuffer source, long sourceOffset, long offset, long count, CudaStream stream) {
        Objects.checkFromIndexSize(sourceOffset, count, source.bytes());
        Objects.checkFromIndexSize(offset, count, bytes);
        CudaStatus.check(
                cudart.cudaMemcpyAsync(
                        to.at(address() + offset),
                        from.at(source.address() + sourceOffset),
                        count,
                        cudart.cudaMemcpyHostToDevice,
                        stream.handle()),
                "cudaMemcpyAsync to the device");
    }

    /** Queues a copy of the first {@code count} bytes of this to the start of {@code target}. */
    public void copyTo(PinnedBuffer target, long count, CudaStream stream) {
        checkRange(count, target.bytes());
        CudaStatus.check(
                cudart.cudaMemcpyAsync(
                        target.pointer(),
                        pointer(),
                        count,
                        cudart.cudaMemcpyDeviceToHost,
                        stream.handle()),
                "cudaMemcpyAsync to the host");
    }

    /** Queues filling the whole buffer with zero bytes. */
    public void clear(CudaStream stream) {
        CudaStatus.check(
                cudart.cudaMemsetAsync(pointer(), 0, bytes, stream.handle()), "cudaMemsetAsync");
    }

    /** Queues filling the first {@code count} bytes with zero. */
    public void clear(long count, CudaStream stream) {
        checkRange(count, bytes);
        CudaStatus.check(
                cudart.cudaMemsetAsync(pointer(), 0, count, stream.handle()), "cudaMemsetAsync");
    }

    private void checkRange(long count, long otherBytes) {
        if (count < 0 || count > bytes || count > otherBytes) {
            throw new IllegalArgumentException(
                    "cannot copy " + count + " bytes between " + bytes + " and " + otherBytes);
        }
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cudaFree(memory), "cudaFree");
    }

    /** A pointer that owns nothing and can be set. */
    private static final class AddressPointer extends Pointer {
        Pointer at(long newAddress) {
            address = newAddress;
            return this;
        }
    }
}

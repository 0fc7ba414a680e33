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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Page-locked memory of the host, which every card copies from and to without a detour; kernels may
 * read and write it at the same address.
 */
public final class PinnedBuffer extends NativeResource {
    private final Pointer memory;
    private final long bytes;
    private final ByteBuffer view;

    /**
     * Takes memory.
     *
     * @param bytes size, 1 to {@link Integer#MAX_VALUE}
     * @throws io.frameflow.failure.FrameflowException with {@link
     *     io.frameflow.failure.FailureCode#OUT_OF_MEMORY} if the host has too little left
     */
    public PinnedBuffer(long bytes) {
        super("pinned memory", bytes);
        if (bytes <= 0 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("cannot pin " + bytes + " bytes in one buffer");
        }
        this.bytes = bytes;
        this.memory = new Pointer();
        CudaStatus.check(
                cudart.cudaHostAlloc(memory, bytes, cudart.cudaHostAllocPortable),
                "cudaHostAlloc of " + bytes + " bytes");
        this.view =
                new BytePointer(memory)
                        .capacity(bytes)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder());
        opened();
    }

    /** Size in bytes. */
    public long bytes() {
        return bytes;
    }

    /**
     * The contents in native byte order, the same object at each call; not to be used once closed.
     */
    public ByteBuffer view() {
        checkOpen();
        return view;
    }

    /** The memory for calls of JavaCPP; borrowed, valid until this is closed. */
    public Pointer pointer() {
        checkOpen();
        return memory;
    }

    /** Address in the process. */
    public long address() {
        checkOpen();
        return memory.address();
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cudaFreeHost(memory), "cudaFreeHost");
    }
}

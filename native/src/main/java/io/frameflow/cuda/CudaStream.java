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
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/** A queue of work for the card, independent of the default stream. */
public final class CudaStream extends NativeResource {
    private final CUstream_st stream = new CUstream_st();

    /** Makes a stream on the current card. */
    public CudaStream() {
        this(false);
    }

    private CudaStream(boolean urgent) {
        super("stream", 0);
        int[] least = new int[1];
        int[] greatest = new int[1];
        CudaStatus.check(
                cudart.cudaDeviceGetStreamPriorityRange(least, greatest),
                "cudaDeviceGetStreamPriorityRange");
        CudaStatus.check(
                cudart.cudaStreamCreateWithPriority(
                        stream, cudart.cudaStreamNonBlocking, urgent ? greatest[0] : least[0]),
                "cudaStreamCreateWithPriority");
        opened();
    }

    /**
     * Makes a stream whose kernels are given room before those of other streams; graphs that are
     * captured in it keep that.
     */
    public static CudaStream urgent() {
        return new CudaStream(true);
    }

    /** The stream for calls of JavaCPP; borrowed, valid until this is closed. */
    public CUstream_st handle() {
        checkOpen();
        return stream;
    }

    /** Makes work that is queued from now on wait for what was recorded in the event. */
    public void waitFor(CudaEvent event) {
        CudaStatus.check(
                cudart.cudaStreamWaitEvent(handle(), event.handle(), 0), "cudaStreamWaitEvent");
    }

    /** Waits until all queued work is done. */
    public void synchronize() {
        CudaStatus.check(cudart.cudaStreamSynchronize(handle()), "cudaStreamSynchronize");
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cudaStreamDestroy(stream), "cudaStreamDestroy");
    }
}

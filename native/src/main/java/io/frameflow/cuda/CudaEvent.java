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
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.global.cudart;

/** A mark in a stream that can be waited for, and between two of which time can be measured. */
public final class CudaEvent extends NativeResource {
    private final CUevent_st event = new CUevent_st();
    private final float[] milliseconds = new float[1];

    /**
     * Makes an event that takes the time when it is reached, on the current card. Threads that wait
     * for it sleep.
     */
    public CudaEvent() {
        super("event", 0);
        CudaStatus.check(
                cudart.cudaEventCreateWithFlags(event, cudart.cudaEventBlockingSync),
                "cudaEventCreateWithFlags");
        opened();
    }

    /** The event for calls of JavaCPP; borrowed, valid until this is closed. */
    CUevent_st handle() {
        checkOpen();
        return event;
    }

    /** Puts the mark behind all work that is queued so far. */
    public void record(CudaStream stream) {
        CudaStatus.check(cudart.cudaEventRecord(handle(), stream.handle()), "cudaEventRecord");
    }

    /** Whether the work before the mark is done. An error of that work is thrown here. */
    public boolean isReached() {
        return CudaStatus.isReady(cudart.cudaEventQuery(handle()), "cudaEventQuery");
    }

    /** Waits until the work before the mark is done. An error of that work is thrown here. */
    public void synchronize() {
        CudaStatus.check(cudart.cudaEventSynchronize(handle()), "cudaEventSynchronize");
    }

    /**
     * Waits for work that ends soon, without the time that it takes to wake a thread up; for longer
     * than {@code spinNanos} as {@link #synchronize} does.
     */
    public void synchronizeSoon(long spinNanos) {
        long start = System.nanoTime();
        while (!isReached()) {
            if (System.nanoTime() - start > spinNanos) {
                synchronize();
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Nanoseconds from an earlier event to this one, both reached; resolution about 500 ns. */
    public long nanosSince(CudaEvent earlier) {
        CudaStatus.check(
                cudart.cudaEventElapsedTime(milliseconds, earlier.handle(), handle()),
                "cudaEventElapsedTime");
        return (long) (milliseconds[0] * 1e6);
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cudaEventDestroy(event), "cudaEventDestroy");
    }
}

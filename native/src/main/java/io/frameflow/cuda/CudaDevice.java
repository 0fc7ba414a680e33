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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * A graphics card. CUDA's current device belongs to a thread: each thread that works with a card
 * calls {@link #makeCurrent} first.
 *
 * @param index number of the card among those that the process sees
 * @param name as the driver names it, such as {@code NVIDIA H200}
 * @param major first part of the compute capability
 * @param minor second part of the compute capability
 * @param memoryBytes memory of the card
 * @param multiprocessors number of multiprocessors
 */
public record CudaDevice(
        int index, String name, int major, int minor, long memoryBytes, int multiprocessors) {

    static {
        JavaCppSettings.apply();
    }

    /**
     * Number of cards that the process sees.
     *
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} where CUDA's libraries
     *     or the driver are missing
     */
    public static int count() {
        try {
            int[] count = new int[1];
            CudaStatus.check(cudart.cudaGetDeviceCount(count), "cudaGetDeviceCount");
            return count[0];
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "CUDA cannot be loaded: "
                            + LoadFailure.reason(e)
                            + "; install the driver, and put CUDA 12's libraries on the library path"
                            + " or the class path (docs/engines.md), or run with the engine"
                            + " onnxruntime",
                    e);
        }
    }

    /**
     * Opens a card and makes it current for the calling thread.
     *
     * @param index number of the card, from 0
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} if there is no such
     *     card
     */
    public static CudaDevice open(int index) {
        int count = count();
        if (index < 0 || index >= count) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "there is no GPU " + index + ": the process sees " + count);
        }
        try (cudaDeviceProp properties = new cudaDeviceProp()) {
            CudaStatus.check(
                    cudart.cudaGetDeviceProperties(properties, index), "cudaGetDeviceProperties");
            CudaDevice device =
                    new CudaDevice(
                            index,
                            properties.name().getString(),
                            properties.major(),
                            properties.minor(),
                            properties.totalGlobalMem(),
                            properties.multiProcessorCount());
            device.makeCurrent();
            return device;
        }
    }

    /**
     * Makes the card current for the calling thread and creates its context where there is none.
     */
    public void makeCurrent() {
        CudaStatus.check(cudart.cudaSetDevice(index), "cudaSetDevice");
        CudaStatus.check(cudart.cudaFree((Pointer) null), "cudaFree");
    }

    /** Bytes of the card's memory that are free at this moment; the card must be current. */
    public long freeMemoryBytes() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            CudaStatus.check(cudart.cudaMemGetInfo(free, total), "cudaMemGetInfo");
            return free.get();
        }
    }

    /** NVRTC's name for machine code of this card, such as {@code sm_90}. */
    public String architecture() {
        return "sm_" + major + minor;
    }
}

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
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;

/** Turns status codes of the CUDA runtime and driver into failures. The two share their numbers. */
public final class CudaStatus {
    private static final int SUCCESS = 0;
    private static final int OUT_OF_MEMORY = 2;
    private static final int STUB_LIBRARY = 34;
    private static final int NO_DEVICE = 100;
    private static final int INVALID_DEVICE = 101;
    private static final int INSUFFICIENT_DRIVER = 35;
    private static final int NOT_READY = 600;

    private CudaStatus() {}

    /**
     * Does nothing for success.
     *
     * @param status what the call returned
     * @param call the call, for the message
     * @throws FrameflowException with {@link FailureCode#DEVICE_LOST} where the context cannot be
     *     used any more, {@link FailureCode#OUT_OF_MEMORY}, {@link FailureCode#ENGINE_UNAVAILABLE}
     *     where there is no usable device, or {@link FailureCode#INTERNAL_ERROR}
     */
    public static void check(int status, String call) {
        if (status != SUCCESS) {
            throw failure(status, call);
        }
    }

    /** Whether a query found the work finished; throws as {@link #check} on any real error. */
    static boolean isReady(int status, String call) {
        if (status == NOT_READY) {
            return false;
        }
        check(status, call);
        return true;
    }

    private static FrameflowException failure(int status, String call) {
        // Takes the error out of the runtime's per-thread slot, where a later call would find it.
        cudart.cudaGetLastError();
        String message = call + " failed: " + describe(status) + advice(status);
        return new FrameflowException(codeOf(status), message);
    }

    private static String describe(int status) {
        BytePointer name = cudart.cudaGetErrorName(status);
        BytePointer text = cudart.cudaGetErrorString(status);
        return name.getString() + " (" + status + "), " + text.getString();
    }

    private static String advice(int status) {
        return switch (codeOf(status)) {
            case OUT_OF_MEMORY ->
                    "; use a smaller batch, fewer slots on the card, or a card with more memory";
            case ENGINE_UNAVAILABLE ->
                    "; check nvidia-smi, CUDA_VISIBLE_DEVICES and the driver, or run with the engine"
                            + " onnxruntime";
            case DEVICE_LOST -> "; the process cannot use the card any more and has to restart";
            default -> "";
        };
    }

    private static FailureCode codeOf(int status) {
        return switch (status) {
            case OUT_OF_MEMORY -> FailureCode.OUT_OF_MEMORY;
            case NO_DEVICE, INVALID_DEVICE, INSUFFICIENT_DRIVER, STUB_LIBRARY ->
                    FailureCode.ENGINE_UNAVAILABLE;
            default -> isSticky(status) ? FailureCode.DEVICE_LOST : FailureCode.INTERNAL_ERROR;
        };
    }

    /**
     * Errors after which the CUDA documentation says that the process must be terminated and
     * relaunched, and those of a card that is gone.
     */
    private static boolean isSticky(int status) {
        return switch (status) {
            case 46, // devices unavailable
                    214, // uncorrectable ECC error
                    219, // NVLink uncorrectable
                    220, // JIT compiler not found after a fork; the context is unusable
                    226, // contained memory error
                    700, // illegal address
                    702, // launch timeout
                    709, // context is destroyed
                    710, // device-side assertion
                    714, // hardware stack error
                    715, // illegal instruction
                    716, // misaligned address
                    717, // invalid address space
                    718, // invalid program counter
                    719, // launch failure
                    721, // tensor memory leak
                    999 -> // unknown
                    true;
            default -> false;
        };
    }
}

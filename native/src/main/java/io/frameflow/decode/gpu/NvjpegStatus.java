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
package io.frameflow.decode.gpu;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import org.bytedeco.cuda.global.nvjpeg;

/** What nvJPEG's status codes mean for the caller. */
public final class NvjpegStatus {
    private NvjpegStatus() {}

    /** Whether the status blames the picture, so that another picture can go well. */
    static boolean blamesPicture(int status) {
        return status == nvjpeg.NVJPEG_STATUS_BAD_JPEG
                || status == nvjpeg.NVJPEG_STATUS_JPEG_NOT_SUPPORTED
                || status == nvjpeg.NVJPEG_STATUS_INCOMPLETE_BITSTREAM;
    }

    /**
     * Does nothing for success.
     *
     * @throws FrameflowException with a code of the kind BAD_INPUT where the picture is to blame
     */
    public static void check(int status, String call) {
        if (status != nvjpeg.NVJPEG_STATUS_SUCCESS) {
            throw failure(status, call);
        }
    }

    /**
     * Does nothing unless memory is used up, which no other way to decode would change.
     *
     * @throws FrameflowException with {@link FailureCode#OUT_OF_MEMORY}
     */
    static void checkMemory(int status, String call) {
        if (status == nvjpeg.NVJPEG_STATUS_ALLOCATOR_FAILURE) {
            throw failure(status, call);
        }
    }

    /** The failure that a status other than success means. */
    static FrameflowException failure(int status, String call) {
        return new FrameflowException(
                codeOf(status), call + " failed: " + describe(status) + " (" + status + ")");
    }

    private static FailureCode codeOf(int status) {
        return switch (status) {
            case nvjpeg.NVJPEG_STATUS_BAD_JPEG -> FailureCode.CORRUPT_IMAGE;
            case nvjpeg.NVJPEG_STATUS_INCOMPLETE_BITSTREAM -> FailureCode.TRUNCATED_IMAGE;
            case nvjpeg.NVJPEG_STATUS_JPEG_NOT_SUPPORTED -> FailureCode.UNSUPPORTED_IMAGE;
            case nvjpeg.NVJPEG_STATUS_ALLOCATOR_FAILURE -> FailureCode.OUT_OF_MEMORY;
            case nvjpeg.NVJPEG_STATUS_ARCH_MISMATCH,
                    nvjpeg.NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED ->
                    FailureCode.ENGINE_UNAVAILABLE;
            default -> FailureCode.ENGINE_FAILED;
        };
    }

    private static String describe(int status) {
        return switch (status) {
            case nvjpeg.NVJPEG_STATUS_BAD_JPEG -> "the JPEG is damaged";
            case nvjpeg.NVJPEG_STATUS_INCOMPLETE_BITSTREAM -> "the JPEG ends too early";
            case nvjpeg.NVJPEG_STATUS_JPEG_NOT_SUPPORTED -> "this kind of JPEG is not supported";
            case nvjpeg.NVJPEG_STATUS_ALLOCATOR_FAILURE -> "no memory";
            case nvjpeg.NVJPEG_STATUS_ARCH_MISMATCH -> "the card has no such unit";
            case nvjpeg.NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED -> "not implemented here";
            case nvjpeg.NVJPEG_STATUS_EXECUTION_FAILED -> "the card failed to execute it";
            default -> "nvJPEG reports an error";
        };
    }
}

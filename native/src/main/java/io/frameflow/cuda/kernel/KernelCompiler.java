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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.util.List;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;

/** Compiles kernels to machine code with NVRTC, CUDA's compiler at run time. */
final class KernelCompiler {
    private KernelCompiler() {}

    /** Version of the compiler, such as {@code 12.6}. */
    static String version() {
        int[] major = new int[1];
        int[] minor = new int[1];
        check(nvrtc.nvrtcVersion(major, minor), "nvrtcVersion");
        return major[0] + "." + minor[0];
    }

    /**
     * Compiles one kernel file.
     *
     * @param architecture such as {@code sm_90}
     * @return machine code for that architecture
     */
    static byte[] compile(KernelSource source, String architecture) {
        try (PointerScope scope = new PointerScope()) {
            BytePointer code = new BytePointer(source.code());
            BytePointer name = new BytePointer(source.name() + ".cu");
            PointerPointer<BytePointer> headers = array(List.copyOf(source.headers().values()));
            PointerPointer<BytePointer> headerNames = array(List.copyOf(source.headers().keySet()));
            _nvrtcProgram program = new _nvrtcProgram();
            check(
                    nvrtc.nvrtcCreateProgram(
                            program, code, name, source.headers().size(), headers, headerNames),
                    "nvrtcCreateProgram");
            try {
                return compile(program, source, architecture);
            } finally {
                check(nvrtc.nvrtcDestroyProgram(program), "nvrtcDestroyProgram");
            }
        }
    }

    private static byte[] compile(_nvrtcProgram program, KernelSource source, String architecture) {
        List<String> options = source.options(architecture);
        int status = nvrtc.nvrtcCompileProgram(program, options.size(), array(options));
        if (status != nvrtc.NVRTC_SUCCESS) {
            throw new FrameflowException(
                    FailureCode.INTERNAL_ERROR,
                    "the kernel file "
                            + source.name()
                            + ".cu does not compile with "
                            + options
                            + ": "
                            + log(program));
        }
        try (SizeTPointer size = new SizeTPointer(1)) {
            check(nvrtc.nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize");
            byte[] machineCode = new byte[Math.toIntExact(size.get())];
            check(nvrtc.nvrtcGetCUBIN(program, machineCode), "nvrtcGetCUBIN");
            return machineCode;
        }
    }

    private static String log(_nvrtcProgram program) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            check(nvrtc.nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
            try (BytePointer text = new BytePointer(size.get())) {
                check(nvrtc.nvrtcGetProgramLog(program, text), "nvrtcGetProgramLog");
                return text.getString();
            }
        }
    }

    /** An array of C strings; its memory belongs to the scope that is open. */
    private static PointerPointer<BytePointer> array(List<String> texts) {
        PointerPointer<BytePointer> array = new PointerPointer<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            array.put(i, new BytePointer(texts.get(i)));
        }
        return array;
    }

    private static void check(int status, String call) {
        if (status != nvrtc.NVRTC_SUCCESS) {
            throw new FrameflowException(
                    FailureCode.INTERNAL_ERROR,
                    call + " failed: " + nvrtc.nvrtcGetErrorString(status).getString());
        }
    }
}

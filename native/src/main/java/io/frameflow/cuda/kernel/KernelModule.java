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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStatus;
import io.frameflow.resource.NativeResource;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kernel, loaded on the current card. */
final class KernelModule extends NativeResource {
    private static final Logger LOG = LoggerFactory.getLogger(KernelModule.class);

    /** Of an image: invalid, without code for the card, with source that is invalid. */
    private static final Set<Integer> BAD_IMAGE =
            Set.of(
                    cudart.CUDA_ERROR_INVALID_IMAGE,
                    cudart.CUDA_ERROR_NO_BINARY_FOR_GPU,
                    cudart.CUDA_ERROR_INVALID_PTX,
                    cudart.CUDA_ERROR_INVALID_SOURCE);

    private static final int ALL_PERCENT = 100;

    private final CUmod_st module = new CUmod_st();
    private final CUfunc_st function = new CUfunc_st();

    /**
     * Compiles, or takes from the cache, and loads.
     *
     * @param functionName name of the kernel in the file
     */
    KernelModule(KernelSource source, String functionName, CudaDevice device, KernelCache cache) {
        super("kernel " + source.name(), 0);
        String architecture = device.architecture();
        String digest = source.digest(architecture, KernelCompiler.version());
        Supplier<byte[]> compile = () -> KernelCompiler.compile(source, architecture);
        int status = load(cache.get(digest, compile));
        if (BAD_IMAGE.contains(status)) {
            LOG.warn("The cached kernel {} is damaged; compiling it", source.name());
            status = load(cache.renew(digest, compile));
        }
        CudaStatus.check(status, "cuModuleLoadData of " + source.name());
        opened();
        try {
            CudaStatus.check(
                    cudart.cuModuleGetFunction(function, module, functionName),
                    "cuModuleGetFunction of " + functionName);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private int load(byte[] machineCode) {
        try (BytePointer image = new BytePointer(machineCode)) {
            return cudart.cuModuleLoadData(module, image);
        }
    }

    /** The kernel for calls of JavaCPP; borrowed, valid until this is closed. */
    CUfunc_st function() {
        checkOpen();
        return function;
    }

    /**
     * Asks for as much shared memory as a multiprocessor has, at the cost of its first cache.
     *
     * @param threads threads of a block
     * @return blocks that a multiprocessor then holds at a time
     */
    int preferSharedMemory(int threads) {
        checkOpen();
        CudaStatus.check(
                cudart.cuFuncSetAttribute(
                        function,
                        cudart.CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT,
                        ALL_PERCENT),
                "cuFuncSetAttribute");
        int[] blocks = new int[1];
        CudaStatus.check(
                cudart.cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, threads, 0),
                "cuOccupancyMaxActiveBlocksPerMultiprocessor");
        return blocks[0];
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cuModuleUnload(module), "cuModuleUnload");
    }
}

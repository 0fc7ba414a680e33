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

import io.frameflow.cuda.CudaStatus;
import io.frameflow.cuda.CudaStream;
import io.frameflow.resource.NativeResource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A kernel with its grid and arguments, prepared once: a launch allocates nothing. Arguments are
 * laid out one after another, each at a multiple of 16 bytes, which suits every type that kernels
 * take.
 */
final class KernelLaunch extends NativeResource {
    private static final int ALIGNMENT = 16;

    private final KernelModule module;
    private final int[] grid;
    private final int[] block;
    private final int[] offsets;
    private final BytePointer values;
    private final PointerPointer<Pointer> addresses;

    private KernelLaunch(KernelModule module, int[] grid, int[] block, Arguments arguments) {
        super("kernel arguments", arguments.bytes.position());
        this.module = module;
        this.grid = grid;
        this.block = block;
        this.offsets = arguments.offsets.clone();
        this.values = new BytePointer(arguments.bytes.position());
        values.put(arguments.bytes.array(), 0, arguments.bytes.position());
        this.addresses = new PointerPointer<>(arguments.count);
        for (int i = 0; i < arguments.count; i++) {
            addresses.put(i, values.getPointer(arguments.offsets[i]));
        }
        opened();
    }

    /** Queues the kernel. */
    void launch(CudaStream stream) {
        launch(stream, grid[0], grid[1], grid[2]);
    }

    /**
     * Replaces an argument, counted from 0, which is an integer; launches before it keep theirs.
     */
    void setInt(int argument, int value) {
        checkOpen();
        values.putInt(offsets[argument], value);
    }

    /** Replaces an argument, counted from 0, which is an address. */
    void setAddress(int argument, long address) {
        checkOpen();
        values.putLong(offsets[argument], address);
    }

    /** Queues the kernel with another grid than the one that it was prepared with. */
    void launch(CudaStream stream, int gridWidth, int gridHeight, int gridDepth) {
        checkOpen();
        CudaStatus.check(
                cudart.cuLaunchKernel(
                        module.function(),
                        gridWidth,
                        gridHeight,
                        gridDepth,
                        block[0],
                        block[1],
                        block[2],
                        0,
                        stream.handle(),
                        addresses,
                        null),
                "cuLaunchKernel");
    }

    @Override
    protected void free() {
        addresses.deallocate();
        values.deallocate();
    }

    /** Collects the arguments of a kernel, in the order of its parameters. */
    static final class Arguments {
        private final ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
        private final int[] offsets = new int[16];
        private int count;

        /** A pointer into device memory. */
        Arguments address(long address) {
            begin().putLong(address);
            return this;
        }

        /** An integer. */
        Arguments integer(int value) {
            begin().putInt(value);
            return this;
        }

        /** A structure, made by putting its fields with their paddings one after another. */
        Arguments structure(java.util.function.Consumer<ByteBuffer> fields) {
            fields.accept(begin());
            return this;
        }

        /** The launch of a kernel with these arguments. */
        KernelLaunch on(KernelModule module, int[] grid, int[] block) {
            return new KernelLaunch(module, grid, block, this);
        }

        private ByteBuffer begin() {
            int aligned = (bytes.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            bytes.position(aligned);
            offsets[count++] = aligned;
            return bytes;
        }
    }
}

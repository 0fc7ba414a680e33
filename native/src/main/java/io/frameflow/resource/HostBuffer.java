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
package io.frameflow.resource;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory of the host outside the heap, in native byte order and aligned to 64 bytes, that is given
 * back when it is closed and not when the garbage collector comes to it: a pipeline that replaces
 * another may need the memory at once.
 *
 * <p>A view that is used after closing reads or writes what is somebody else's by then; whoever
 * closes makes sure that nobody does.
 */
public final class HostBuffer extends NativeResource {
    private static final int ALIGNMENT = 64;
    private static final MethodHandle FREE = unsafeInvokeCleaner();

    private final ByteBuffer memory;
    private final ByteBuffer aligned;

    /**
     * Takes memory, filled with zeros.
     *
     * @param bytes its length, at least 0
     * @throws OutOfMemoryError if the process may not take so much
     */
    public HostBuffer(int bytes) {
        super("host buffer", bytes);
        memory = ByteBuffer.allocateDirect(Math.addExact(bytes, ALIGNMENT));
        int above = memory.alignmentOffset(0, ALIGNMENT);
        int start = above == 0 ? 0 : ALIGNMENT - above;
        aligned = memory.slice(start, bytes).order(ByteOrder.nativeOrder());
        opened();
    }

    /**
     * A new view of the memory as floats.
     *
     * @throws IllegalStateException if it is closed
     */
    public FloatBuffer floats() {
        checkOpen();
        return aligned.asFloatBuffer();
    }

    @Override
    protected void free() {
        try {
            FREE.invoke(memory);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot free memory of the host", e);
        }
    }

    /** The one way that Java 17 has to free a direct buffer before its collection. */
    private static MethodHandle unsafeInvokeCleaner() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(
                            type,
                            "invokeCleaner",
                            MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}

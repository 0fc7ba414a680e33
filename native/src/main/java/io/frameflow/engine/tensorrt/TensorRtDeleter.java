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
package io.frameflow.engine.tensorrt;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * Deletes the C++ objects that TensorRT's factories return. The JavaCPP binding gives them no
 * destructor; without one each load of an engine keeps its device memory for ever.
 *
 * <p>The binding's default constructor makes an inert object of the same class, and with it a
 * deallocator that holds the address of the generated {@code delete} for that class. That address
 * is attached to the real object when it is to be deleted, and not before, so that the garbage
 * collector never takes part.
 */
final class TensorRtDeleter {
    private final long address;

    /**
     * Finds the deleter of a class.
     *
     * @param inert makes an object of the class with its default constructor
     */
    TensorRtDeleter(Supplier<? extends Pointer> inert) {
        try (Pointer object = inert.get()) {
            Method deallocator = Pointer.class.getDeclaredMethod("deallocator");
            deallocator.setAccessible(true);
            Object holder = deallocator.invoke(object);
            Method deallocatorAddress = holder.getClass().getMethod("deallocatorAddress");
            deallocatorAddress.setAccessible(true);
            address = (Long) deallocatorAddress.invoke(holder);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "this version of JavaCPP has no deallocator that can be borrowed; use 1.5.11",
                    e);
        }
    }

    /** Deletes the object; the pointer is null afterwards. */
    void delete(Pointer object) {
        try {
            Method init =
                    Pointer.class.getDeclaredMethod(
                            "init", long.class, long.class, long.class, long.class);
            init.setAccessible(true);
            init.invoke(object, object.address(), 1L, object.address(), address);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot attach a deallocator", e);
        }
        object.deallocate();
    }
}

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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * An object that TensorRT made and that is really deleted when this is closed.
 *
 * @param <T> its class, with a default constructor
 */
public final class TensorRtObject<T extends Pointer> extends NativeResource {
    /** Addresses below are what TensorRT returns when CUDA could not be initialised. */
    private static final long LOWEST_ADDRESS = 4096;

    private final T object;
    private final TensorRtDeleter deleter;

    private TensorRtObject(String call, T object, TensorRtDeleter deleter) {
        super("result of TensorRT's " + call, 0);
        this.object = object;
        this.deleter = deleter;
        opened();
    }

    /**
     * Takes over what a call of TensorRT returned.
     *
     * @param call name of the call, for messages
     * @param object what it returned
     * @param inert the class's default constructor
     * @throws FrameflowException with {@link FailureCode#ENGINE_FAILED} and TensorRT's reason if it
     *     returned nothing
     */
    public static <T extends Pointer> TensorRtObject<T> own(
            String call, @Nullable T object, Supplier<T> inert) {
        TensorRtDeleter deleter = new TensorRtDeleter(inert);
        if (object == null || object.address() < LOWEST_ADDRESS) {
            throw TensorRtFailures.of(call);
        }
        return new TensorRtObject<>(call, object, deleter);
    }

    /** The object; borrowed, valid until this is closed. */
    public T get() {
        checkOpen();
        return object;
    }

    @Override
    protected void free() {
        deleter.delete(object);
    }
}

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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer_plugin;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.jspecify.annotations.Nullable;

/** TensorRT's runtime on one card; must outlive the engines that it makes. */
final class TensorRtRuntime extends NativeResource {
    /** Addresses below are what TensorRT returns when CUDA could not be initialised. */
    private static final long LOWEST_ADDRESS = 4096;

    /** TensorRT's version as one number: major * 10000 + minor * 100 + patch. */
    private static final int MAJOR = 10_000;

    private static final int MINOR = 100;

    private static final TensorRtDeleter DELETER = new TensorRtDeleter(IRuntime::new);

    private final IRuntime runtime;

    /** Makes a runtime on a card, which must be current. */
    TensorRtRuntime(CudaDevice device) {
        super("TensorRT runtime on " + device.name(), 0);
        nvinfer_plugin.initLibNvInferPlugins(TensorRtLogger.INSTANCE, "");
        runtime = nvinfer.createInferRuntime(TensorRtLogger.INSTANCE);
        if (runtime == null || runtime.address() < LOWEST_ADDRESS) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "TensorRT cannot start: " + TensorRtLogger.INSTANCE.takeLastError());
        }
        opened();
    }

    /** TensorRT's version, such as {@code 10.6.0.26}: plans fit exactly one. */
    static String version() {
        int number = nvinfer.getInferLibVersion();
        return "%d.%d.%d.%d"
                .formatted(
                        number / MAJOR,
                        number % MAJOR / MINOR,
                        number % MINOR,
                        nvinfer.getInferLibBuildVersion());
    }

    /** Makes an engine of a plan; null where TensorRT refuses it, with the reason in the logger. */
    @Nullable ICudaEngine deserialize(Pointer plan) {
        checkOpen();
        return runtime.deserializeCudaEngine(plan, plan.capacity());
    }

    @Override
    protected void free() {
        DELETER.delete(runtime);
    }
}

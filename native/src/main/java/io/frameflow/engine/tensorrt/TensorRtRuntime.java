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

import io.frameflow.resource.NativeResource;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.jspecify.annotations.Nullable;

/** TensorRT's runtime on one card; must outlive the engines that it makes. */
final class TensorRtRuntime extends NativeResource {
    private final TensorRtObject<IRuntime> runtime;

    /** Makes a runtime on the card that is current. */
    TensorRtRuntime() {
        super("TensorRT runtime", 0);
        TensorRtLibrary.load();
        runtime =
                TensorRtObject.own(
                        "createInferRuntime",
                        nvinfer.createInferRuntime(TensorRtLogger.INSTANCE),
                        IRuntime::new);
        opened();
    }

    /** Makes an engine of a plan; null where TensorRT refuses it, with the reason in the logger. */
    @Nullable ICudaEngine deserialize(Pointer plan) {
        checkOpen();
        TensorRtLogger.INSTANCE.forgetErrors();
        return runtime.get().deserializeCudaEngine(plan, plan.capacity());
    }

    @Override
    protected void free() {
        runtime.close();
    }
}

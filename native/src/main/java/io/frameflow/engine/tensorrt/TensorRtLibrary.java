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

import io.frameflow.cuda.LoadFailure;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer_plugin;

/** TensorRT as it is installed here. */
public final class TensorRtLibrary {
    /** TensorRT's version as one number: major * 10000 + minor * 100 + patch. */
    private static final int MAJOR = 10_000;

    private static final int MINOR = 100;

    private TensorRtLibrary() {}

    /**
     * Loads the libraries and registers TensorRT's plugins, the first time that it is called.
     *
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} where they are missing
     */
    public static void load() {
        try {
            Loader.load(nvinfer.class);
            Plugins.register();
        } catch (LinkageError e) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "TensorRT cannot be loaded: "
                            + LoadFailure.reason(e)
                            + "; put TensorRT 10.6 and CUDA 12 on the library path or the class"
                            + " path (docs/engines.md), or run with the engine onnxruntime",
                    e);
        }
    }

    /** Its version as one number, such as 100600 for 10.6.0: what calibration caches begin with. */
    public static int versionNumber() {
        return nvinfer.getInferLibVersion();
    }

    /** Its version, such as {@code 10.6.0.26}: plans fit exactly one. */
    public static String version() {
        int number = nvinfer.getInferLibVersion();
        return "%d.%d.%d.%d"
                .formatted(
                        number / MAJOR,
                        number % MAJOR / MINOR,
                        number % MINOR,
                        nvinfer.getInferLibBuildVersion());
    }

    /** Registers plugins once; a class is initialised once. */
    private static final class Plugins {
        static {
            TensorRtFailures.check(
                    nvinfer_plugin.initLibNvInferPlugins(TensorRtLogger.INSTANCE, ""),
                    "initLibNvInferPlugins");
        }

        private Plugins() {}

        static void register() {}
    }
}

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
import io.frameflow.engine.Engine;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.nio.file.Path;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/**
 * A plan, loaded on a card: its weights, and what it takes and gives. Immutable and thread-safe
 * while open; the contexts made of it must be closed first.
 */
public final class TensorRtEngine extends NativeResource implements Engine {
    private static final TensorRtDeleter DELETER = new TensorRtDeleter(ICudaEngine::new);

    private final TensorRtRuntime runtime;
    private final ICudaEngine engine;
    private final EngineInfo info;
    private final NetworkSignature signature;

    private TensorRtEngine(
            TensorRtRuntime runtime,
            ICudaEngine engine,
            EngineInfo info,
            NetworkSignature signature) {
        super("TensorRT engine", 0);
        this.runtime = runtime;
        this.engine = engine;
        this.info = info;
        this.signature = signature;
        opened();
    }

    /**
     * Loads a plan on a card, which must be current.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if the file cannot be read,
     *     was built by another TensorRT or for another card, or takes and gives what is not
     *     supported
     */
    public static TensorRtEngine load(Path plan, CudaDevice device) {
        try (Rollback rollback = new Rollback();
                PlanBytes bytes = PlanBytes.read(plan)) {
            TensorRtRuntime runtime = rollback.add(new TensorRtRuntime(device));
            ICudaEngine engine = runtime.deserialize(bytes.pointer());
            if (engine == null || engine.isNull()) {
                throw refused(plan, device);
            }
            rollback.add(() -> DELETER.delete(engine));
            EngineInfo info =
                    new EngineInfo(
                            "tensorrt", TensorRtRuntime.version(), "unknown", bytes.sha256());
            TensorRtEngine loaded =
                    new TensorRtEngine(runtime, engine, info, PlanSignature.read(engine));
            rollback.commit();
            return loaded;
        }
    }

    private static FrameflowException refused(Path plan, CudaDevice device) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "TensorRT "
                        + TensorRtRuntime.version()
                        + " on "
                        + device.name()
                        + " refuses the plan "
                        + plan
                        + ": "
                        + TensorRtLogger.INSTANCE.takeLastError()
                        + "; plans fit one version and one kind of card: build it there with"
                        + " 'frameflow engine build'");
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public NetworkSignature signature() {
        return signature;
    }

    /** Device memory that each context of it needs, in bytes. */
    public long contextBytes() {
        checkOpen();
        return engine.getDeviceMemorySizeV2();
    }

    ICudaEngine handle() {
        checkOpen();
        return engine;
    }

    @Override
    protected void free() {
        DELETER.delete(engine);
        runtime.close();
    }
}

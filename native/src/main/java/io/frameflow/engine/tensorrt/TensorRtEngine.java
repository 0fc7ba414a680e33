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
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.jspecify.annotations.Nullable;

/**
 * A plan that was loaded on a card: the weights, shared by all contexts that run it.
 *
 * <p>Thread-safe; its card must be current where it is loaded and closed.
 */
public final class TensorRtEngine extends NativeResource implements Engine {
    private final TensorRtRuntime runtime;
    private final TensorRtObject<ICudaEngine> engine;
    private final EngineInfo info;
    private final NetworkSignature signature;
    private final PlanVariant variant;

    private TensorRtEngine(
            TensorRtRuntime runtime,
            TensorRtObject<ICudaEngine> engine,
            EngineInfo info,
            NetworkSignature signature,
            PlanVariant variant) {
        super("TensorRT engine", 0);
        this.runtime = runtime;
        this.engine = engine;
        this.info = info;
        this.signature = signature;
        this.variant = variant;
        opened();
    }

    /**
     * Loads a plan on a card, which must be current. Where the plan has metadata beside it, card,
     * version and digest are checked first; {@link EngineRegistry} also runs the golden frame.
     *
     * @param remedy what to do about a plan that cannot be used, for messages
     * @throws FrameflowException with {@link FailureCode#INVALID_PLAN} if the file cannot be read,
     *     is damaged, was built by another TensorRT or for another card, or takes and gives what is
     *     not supported; with {@link FailureCode#OUT_OF_MEMORY} if the card has no room for it;
     *     with {@link FailureCode#ENGINE_UNAVAILABLE} if TensorRT is missing
     */
    public static TensorRtEngine load(Path plan, CudaDevice device, String remedy) {
        TensorRtLibrary.load();
        Optional<PlanMetadata> metadata = PlanMetadata.of(plan);
        PlanCheck check = new PlanCheck(plan, device, remedy);
        metadata.ifPresent(check::fits);
        try (FileBytes bytes = FileBytes.read(plan)) {
            metadata.ifPresent(known -> check.undamaged(known, bytes.sha256()));
            TensorRtEngine engine = deserialize(bytes.pointer(), metadata, bytes.sha256());
            if (engine == null) {
                String reason = TensorRtLogger.INSTANCE.takeLastError();
                // Fails where the card is lost, which is no fault of the plan.
                device.makeCurrent();
                throw check.refused(reason);
            }
            return engine;
        } catch (IOException e) {
            throw check.unreadable(e);
        }
    }

    /** Loads a plan that has just been built. */
    static TensorRtEngine ofMemory(Pointer plan) {
        TensorRtEngine engine = deserialize(plan, Optional.empty(), "");
        if (engine == null) {
            throw TensorRtFailures.of("deserializeCudaEngine");
        }
        return engine;
    }

    private static @Nullable TensorRtEngine deserialize(
            Pointer plan, Optional<PlanMetadata> metadata, String planSha256) {
        try (Rollback rollback = new Rollback()) {
            TensorRtRuntime runtime = rollback.add(new TensorRtRuntime());
            ICudaEngine loaded = runtime.deserialize(plan);
            if (loaded == null || loaded.isNull()) {
                return null;
            }
            TensorRtObject<ICudaEngine> engine =
                    rollback.add(
                            TensorRtObject.own("deserializeCudaEngine", loaded, ICudaEngine::new));
            TensorRtEngine result =
                    new TensorRtEngine(
                            runtime,
                            engine,
                            info(metadata, planSha256),
                            PlanSignature.read(loaded),
                            metadata.map(known -> known.key().variant()).orElse(PlanVariant.PLAIN));
            rollback.commit();
            return result;
        }
    }

    private static EngineInfo info(Optional<PlanMetadata> metadata, String planSha256) {
        return new EngineInfo(
                "tensorrt",
                TensorRtLibrary.version(),
                metadata.map(known -> known.key().precision().label()).orElse("unknown"),
                metadata.map(known -> known.key().networkSha256()).orElse(planSha256));
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public NetworkSignature signature() {
        return signature;
    }

    /** What the plan is besides that network; nothing where it has no metadata. */
    public PlanVariant variant() {
        return variant;
    }

    /** Device memory that each context of it needs, in bytes. */
    public long contextBytes() {
        return handle().getDeviceMemorySizeV2();
    }

    ICudaEngine handle() {
        checkOpen();
        return engine.get();
    }

    @Override
    protected void free() {
        try (Rollback both = new Rollback()) {
            both.add(runtime);
            both.add(engine);
        }
    }
}

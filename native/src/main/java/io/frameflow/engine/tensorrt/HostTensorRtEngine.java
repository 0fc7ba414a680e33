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
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.resource.NativeResource;
import java.nio.file.Path;

/**
 * A plan on a card whose input and outputs are in the host's memory, as those of the engine on the
 * CPU: with the same preprocessing and post-processing as there, results differ by what the plan
 * computes and by nothing else. For comparisons; the copies make it slow.
 */
public final class HostTensorRtEngine extends NativeResource implements HostEngine {
    private final CudaDevice device;
    private final EngineRegistry.Lease lease;

    private HostTensorRtEngine(CudaDevice device, EngineRegistry.Lease lease) {
        super("TensorRT engine for the host", 0);
        this.device = device;
        this.lease = lease;
        opened();
    }

    /**
     * Loads a plan.
     *
     * @param gpu number of the card
     * @param remedy what to do about a plan that cannot be used, for messages
     * @throws io.frameflow.failure.FrameflowException as {@link EngineRegistry#acquire} says
     */
    public static HostTensorRtEngine open(Path plan, int gpu, String remedy) {
        CudaDevice device = CudaDevice.open(gpu);
        return new HostTensorRtEngine(device, EngineRegistry.acquire(plan, device, remedy));
    }

    /** The engine on the card; borrowed, valid until this is closed. */
    public TensorRtEngine onCard() {
        return lease.engine();
    }

    @Override
    public EngineInfo info() {
        return onCard().info();
    }

    @Override
    public NetworkSignature signature() {
        return onCard().signature();
    }

    @Override
    public HostExecution newExecution(int capacity) {
        device.makeCurrent();
        return HostTensorRtExecution.open(onCard(), device, capacity);
    }

    @Override
    protected void free() {
        device.makeCurrent();
        lease.close();
    }
}

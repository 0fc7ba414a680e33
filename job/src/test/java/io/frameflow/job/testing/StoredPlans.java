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
package io.frameflow.job.testing;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.GoldenFrame;
import io.frameflow.engine.tensorrt.GoldenRun;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtEngine;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.bytedeco.javacpp.BytePointer;

/**
 * Puts a plan that was built before into an engine cache, as the plan of networks that compute what
 * the one does that it was built from: as {@code engine build} puts a plan there that it has built.
 * So a test needs no builder, which takes minutes a plan.
 */
public final class StoredPlans {
    private static final int OPTIMIZATION_LEVEL = 2;

    private final CudaDevice device;
    private final byte[] plan;
    private final BatchRange batches;
    private final GoldenFrame golden;

    private StoredPlans(CudaDevice device, byte[] plan, BatchRange batches, GoldenFrame golden) {
        this.device = device;
        this.plan = plan;
        this.batches = batches;
        this.golden = golden;
    }

    /**
     * Loads a plan of half precision, and runs it once.
     *
     * @param device the card, which must be current
     * @param remedy what to do about a plan that cannot be used, for messages
     */
    public static StoredPlans of(Path file, CudaDevice device, String remedy) throws IOException {
        BatchRange batches;
        try (TensorRtEngine engine = TensorRtEngine.load(file, device, remedy)) {
            batches = engine.signature().batch();
        }
        byte[] plan = Files.readAllBytes(file);
        try (BytePointer pointer = new BytePointer(plan)) {
            return new StoredPlans(device, plan, batches, GoldenRun.record(pointer));
        }
    }

    /** Stores it as the plan of a network. */
    public void store(EngineCache cache, Path network) throws IOException {
        PlanKey key =
                new PlanKey(
                        Sha256.of(network),
                        TensorRtLibrary.version(),
                        device.name(),
                        PlanKey.computeCapability(device),
                        Precision.FP16,
                        new BatchProfile(batches.least(), batches.most(), batches.most()),
                        OPTIMIZATION_LEVEL,
                        0,
                        PlanVariant.PLAIN);
        String name = String.valueOf(network.getFileName());
        PlanMetadata metadata =
                new PlanMetadata(name, key, Sha256.of(plan), Instant.EPOCH, 0, golden);
        cache.store(metadata, ByteBuffer.wrap(plan));
    }
}

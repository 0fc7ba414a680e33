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
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.PipelineDefaults;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs batches on a card: the memory and the work of as many batches as may be in flight, which
 * {@link LaneThreads} takes through their steps.
 */
public final class GpuFramePipeline implements FramePipeline {
    private static final int LANES = 5;

    private final CudaDevice device;
    private final ModelDescription description;
    private final FrameSettings defaults;
    private final int maxBatchSize;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final LaneThreads threads;
    private boolean closed;

    private GpuFramePipeline(
            GpuModel model, int maxBatchSize, DecodeLimits limits, DenoiseStage denoise) {
        this.device = model.device();
        this.description = describe(model.file(), model.engine().info());
        this.defaults = PipelineDefaults.of(model.file(), denoise.settings());
        this.maxBatchSize = maxBatchSize;
        try (Rollback rollback = new Rollback()) {
            PipelineStreams streams = rollback.add(new PipelineStreams());
            owned.add(streams);
            PipelineDenoiser denoiser =
                    rollback.add(new PipelineDenoiser(device, model.kernels(), denoise));
            owned.add(denoiser);
            PipelinePreviews previews =
                    rollback.add(PipelinePreviews.onCard(device, model.kernels()));
            owned.add(previews);
            List<GpuLane> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                GpuLane lane =
                        rollback.add(
                                new GpuLane(
                                        model, maxBatchSize, limits, streams, denoiser, previews));
                owned.add(lane);
                lanes.add(lane);
            }
            threads = new LaneThreads(lanes, device::makeCurrent);
            rollback.commit();
        }
    }

    /**
     * Takes the memory. The pipeline owns the lease from then on; where this throws, it is still
     * the caller's.
     *
     * @param file the model file
     * @param device the card, which must be current
     * @param lease the engine that runs the model's network
     * @param maxBatchSize most frames a batch, within what the engine takes
     * @param limits the largest pictures that are decoded
     * @param denoise how noise is reduced before frames are examined
     */
    public static GpuFramePipeline open(
            ModelFile file,
            CudaDevice device,
            EngineRegistry.Lease lease,
            int maxBatchSize,
            DecodeLimits limits,
            DenoiseStage denoise) {
        GpuModel model = GpuModel.of(file, lease.engine(), device, KernelCache.ofUser());
        GpuFramePipeline pipeline = new GpuFramePipeline(model, maxBatchSize, limits, denoise);
        pipeline.owned.add(0, lease);
        return pipeline;
    }

    private static ModelDescription describe(ModelFile model, EngineInfo engine) {
        return new ModelDescription(
                model.name(),
                model.version().orElse(engine.networkSha256().substring(0, 12)),
                engine.precision(),
                engine.engine(),
                model.labels(),
                model.keypointNames());
    }

    @Override
    public ModelDescription model() {
        return description;
    }

    @Override
    public FrameSettings defaults() {
        return defaults;
    }

    @Override
    public int maxBatchSize() {
        return maxBatchSize;
    }

    @Override
    public int maxBatchesInFlight() {
        return LANES;
    }

    @Override
    public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
        if (frames.isEmpty() || frames.size() > maxBatchSize) {
            throw new IllegalArgumentException(
                    "a batch of %d frames; 1 to %d are allowed"
                            .formatted(frames.size(), maxBatchSize));
        }
        if (closed) {
            throw new IllegalStateException("the pipeline is closed");
        }
        return threads.submit(frames);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        threads.close();
        device.makeCurrent();
        try (Rollback everything = new Rollback()) {
            owned.forEach(everything::add);
        }
    }
}

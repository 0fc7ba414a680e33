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
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs batches on a card.
 *
 * <p>Three threads: one copies the bytes of batches into memory that the card can read, one hands
 * them to the decoder and queues the rest of their work, and one waits for the results. So a batch
 * is copied in and another decoded while the engine works on a third. A batch that comes while no
 * other is in flight has nothing to overlap with and spares itself a change of threads, or two
 * where it is small: to wake a thread up takes longer than to copy a few pictures.
 */
public final class GpuFramePipeline implements FramePipeline {
    private static final int LANES = 3;

    private final CudaDevice device;
    private final ModelDescription description;
    private final FrameSettings defaults;
    private final int maxBatchSize;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final BlockingQueue<GpuLane> freeLanes = new ArrayBlockingQueue<>(LANES);
    private final ExecutorService staging;
    private final ExecutorService feeding;
    private final ExecutorService reading;
    private final AtomicInteger inFlight = new AtomicInteger();
    private boolean closed;

    private GpuFramePipeline(
            GpuModel model, int maxBatchSize, DecodeLimits limits, DenoiseStage denoise) {
        this.device = model.device();
        this.description = describe(model.file(), model.engine().info());
        this.defaults = PipelineDefaults.of(model.file(), denoise.settings());
        this.maxBatchSize = maxBatchSize;
        try (Rollback rollback = new Rollback()) {
            CudaStream computeStream = rollback.add(CudaStream.urgent());
            owned.add(computeStream);
            PipelineDenoiser denoiser =
                    rollback.add(new PipelineDenoiser(device, model.kernels(), denoise));
            owned.add(denoiser);
            PipelinePreviews previews =
                    rollback.add(PipelinePreviews.onCard(device, model.kernels()));
            owned.add(previews);
            for (int i = 0; i < LANES; i++) {
                GpuLane lane =
                        rollback.add(
                                new GpuLane(
                                        model,
                                        maxBatchSize,
                                        limits,
                                        computeStream,
                                        denoiser,
                                        previews));
                owned.add(lane);
                freeLanes.add(lane);
            }
            rollback.commit();
        }
        staging = thread("frameflow-gpu-staging");
        feeding = thread("frameflow-gpu-feeding");
        reading = thread("frameflow-gpu-reading");
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

    private ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                task -> {
                    Thread thread =
                            new Thread(
                                    () -> {
                                        device.makeCurrent();
                                        task.run();
                                    },
                                    name);
                    thread.setDaemon(true);
                    return thread;
                });
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
        int others = inFlight.getAndIncrement();
        if (others == LANES) {
            inFlight.decrementAndGet();
            throw new IllegalStateException(LANES + " batches are in flight");
        }
        Batch batch = new Batch(freeLanes.remove(), List.copyOf(frames), new CompletableFuture<>());
        if (others == 0 && frames.size() <= GpuLane.SMALL_BATCH) {
            device.makeCurrent();
            stage(batch, this::feed);
        } else if (others == 0) {
            feeding.execute(() -> stage(batch, this::feed));
        } else {
            staging.execute(() -> stage(batch, staged -> feeding.execute(() -> feed(staged))));
        }
        return batch.future();
    }

    /** A batch on its way through a lane. */
    private record Batch(
            GpuLane lane, List<EncodedFrame> frames, CompletableFuture<List<FrameResult>> future) {}

    private void stage(Batch batch, Consumer<Batch> next) {
        try {
            batch.lane().stage(batch.frames());
        } catch (RuntimeException | Error e) {
            // Results are given in order, failures too: by the way that the other batches take.
            feeding.execute(() -> reading.execute(() -> fail(batch, e)));
            return;
        }
        next.accept(batch);
    }

    private void feed(Batch batch) {
        try {
            batch.lane().launch();
        } catch (RuntimeException | Error e) {
            reading.execute(() -> fail(batch, e));
            return;
        }
        reading.execute(() -> read(batch));
    }

    private void read(Batch batch) {
        List<FrameResult> results;
        try {
            results = batch.lane().finish();
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return;
        }
        release(batch.lane());
        batch.future().complete(results);
    }

    private void fail(Batch batch, Throwable e) {
        try {
            batch.lane().abandon();
        } catch (RuntimeException abandoning) {
            e.addSuppressed(abandoning);
        }
        release(batch.lane());
        batch.future()
                .completeExceptionally(
                        e instanceof FrameflowException
                                ? e
                                : new FrameflowException(
                                        FailureCode.INTERNAL_ERROR,
                                        "the pipeline failed: " + e,
                                        e));
    }

    private void release(GpuLane lane) {
        freeLanes.add(lane);
        inFlight.decrementAndGet();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        finish(staging);
        finish(feeding);
        finish(reading);
        device.makeCurrent();
        try (Rollback everything = new Rollback()) {
            owned.forEach(everything::add);
        }
    }

    private static void finish(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean terminated = false;
        while (!terminated) {
            try {
                terminated = threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

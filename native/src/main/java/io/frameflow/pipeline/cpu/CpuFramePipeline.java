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
package io.frameflow.pipeline.cpu;

import io.frameflow.decode.ImageDecoder;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.PipelineDefaults;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.resource.Rollback;
import io.frameflow.resource.Threads;
import io.frameflow.result.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches on the CPU.
 *
 * <p>A batch is cut into runs of as many images as the network needs at least: one, unless its
 * batch size is fixed. Larger runs cost more time an image and much more memory there (YOLOv5n on 2
 * cores: 124 ms and 60 MB for one, 142 ms and 1 GB for 16), and a result could depend on its
 * neighbours. The decoding threads prepare the next runs, of this batch or the next, while the
 * inference thread works on one; each run in preparation takes an execution of the engine, and
 * executions are handed out in the order of frames, so that the oldest frame never waits for
 * younger ones.
 *
 * <pre>
 * submit -> feeding thread: takes executions -> decoding threads: decode, letterbox
 *                                            -> inference thread: engine, post-processing, results
 * </pre>
 *
 * <p>Stage times are the sums of what the threads spent on the frames of the batch.
 */
public final class CpuFramePipeline implements FramePipeline {
    private static final int MAX_BATCHES_IN_FLIGHT = 2;

    private final ModelFile modelFile;
    private final ModelDescription description;
    private final int maxBatchSize;
    private final int imagesPerRun;
    private final HostEngine engine;
    private final Postprocessor postprocessor;
    private final ExecutionPool executions;
    private final CameraTurns turns = new CameraTurns();
    private final FrameDenoiser denoiser;
    private final FrameSettings defaults;
    private final List<FramePreparer> preparers;
    private final BlockingQueue<FramePreparer> freePreparers;
    private final ExecutorService feeding = Threads.named("frameflow-feeding", 1);
    private final ExecutorService decoding;
    private final ExecutorService inference = Threads.named("frameflow-inference", 1);
    private final AtomicInteger inFlight = new AtomicInteger();
    private boolean closed;

    /**
     * Assembles a pipeline, which owns the engine from then on; where this throws, the engine is
     * still the caller's.
     *
     * @param model the model file
     * @param engine runs its network
     * @param postprocessor reads its outputs
     * @param decoders makes one decoder for each decoding thread
     * @param decodingThreads threads that decode and preprocess, at least 1
     * @param maxBatchSize most frames a batch, at least 1
     * @param denoise how noise is reduced before frames are examined
     * @throws FrameflowException if there is not enough memory
     */
    public CpuFramePipeline(
            ModelFile model,
            HostEngine engine,
            Postprocessor postprocessor,
            Supplier<ImageDecoder> decoders,
            int decodingThreads,
            int maxBatchSize,
            DenoiseStage denoise) {
        if (decodingThreads < 1 || maxBatchSize < 1) {
            throw new IllegalArgumentException(
                    decodingThreads + " decoding threads, batches of " + maxBatchSize);
        }
        this.modelFile = model;
        this.description = describe(model, engine);
        this.maxBatchSize = maxBatchSize;
        this.imagesPerRun = engine.signature().batch().least();
        this.engine = engine;
        this.postprocessor = postprocessor;
        this.denoiser = new FrameDenoiser(denoise);
        this.defaults = PipelineDefaults.of(model, denoise.settings());
        try (Rollback rollback = new Rollback()) {
            // One run is with the engine while every decoding thread has a frame to work on.
            int runsPrepared = (decodingThreads - 1) / imagesPerRun + 1;
            executions = rollback.add(new ExecutionPool(engine, runsPrepared + 1, imagesPerRun));
            preparers = new ArrayList<>();
            for (int thread = 0; thread < decodingThreads; thread++) {
                preparers.add(
                        rollback.add(new FramePreparer(decoders.get(), model.input(), denoiser)));
            }
            rollback.commit();
        }
        freePreparers = new ArrayBlockingQueue<>(decodingThreads, false, preparers);
        decoding = Threads.named("frameflow-decoding", decodingThreads);
    }

    /** Assembles a pipeline that examines frames as they come. */
    public CpuFramePipeline(
            ModelFile model,
            HostEngine engine,
            Postprocessor postprocessor,
            Supplier<ImageDecoder> decoders,
            int decodingThreads,
            int maxBatchSize) {
        this(
                model,
                engine,
                postprocessor,
                decoders,
                decodingThreads,
                maxBatchSize,
                DenoiseStage.OFF);
    }

    private static ModelDescription describe(ModelFile model, HostEngine engine) {
        return new ModelDescription(
                model.name(),
                model.version().orElse(engine.info().networkSha256().substring(0, 12)),
                engine.info().precision(),
                engine.info().engine(),
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
        return MAX_BATCHES_IN_FLIGHT;
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
        if (inFlight.get() == MAX_BATCHES_IN_FLIGHT) {
            throw new IllegalStateException(MAX_BATCHES_IN_FLIGHT + " batches are in flight");
        }
        inFlight.incrementAndGet();
        SubmittedBatch batch = new SubmittedBatch(frames);
        feeding.execute(() -> feed(batch));
        return batch.future();
    }

    /** Starts the preparation of a batch, run by run, and queues the runs for inference. */
    private void feed(SubmittedBatch batch) {
        List<EncodedFrame> frames = batch.frames();
        for (int first = 0; first < frames.size(); first += imagesPerRun) {
            int end = Math.min(frames.size(), first + imagesPerRun);
            HostExecution execution = executions.take();
            List<CompletableFuture<PreparedFrame>> prepared = new ArrayList<>(end - first);
            for (int place = 0; place < end - first; place++) {
                EncodedFrame frame = frames.get(first + place);
                int target = place;
                CameraTurns.Turn turn = denoiser.concerns(frame) ? turns.next(frame) : null;
                prepared.add(
                        CompletableFuture.supplyAsync(
                                () -> prepare(frame, turn, execution, target), decoding));
            }
            Run run = new Run(batch, first, prepared, execution);
            inference.execute(() -> finish(run));
        }
    }

    private PreparedFrame prepare(
            EncodedFrame frame,
            CameraTurns.@Nullable Turn turn,
            HostExecution execution,
            int place) {
        // There are as many as threads that come here.
        FramePreparer preparer = freePreparers.remove();
        try {
            return preparer.prepare(frame, turn, execution.input(), place);
        } finally {
            if (turn != null) {
                turn.end();
            }
            freePreparers.add(preparer);
        }
    }

    private void finish(Run run) {
        SubmittedBatch batch = run.batch();
        try {
            List<PreparedFrame> prepared = await(run);
            if (!batch.hasFailed()) {
                infer(run, prepared);
            }
        } catch (FrameflowException failure) {
            batch.fail(failure);
        } catch (RuntimeException | Error failure) {
            batch.fail(unexpected(failure));
        } finally {
            executions.release(run.execution());
        }
        if (run.first() + run.prepared().size() == batch.frames().size()) {
            inFlight.decrementAndGet();
            batch.complete();
        }
    }

    /** Waits for all frames of a run, also when one of them fails the batch. */
    private static List<PreparedFrame> await(Run run) {
        List<PreparedFrame> prepared = new ArrayList<>(run.prepared().size());
        for (CompletableFuture<PreparedFrame> frame : run.prepared()) {
            try {
                prepared.add(frame.join());
            } catch (CompletionException failure) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                run.batch()
                        .fail(
                                cause instanceof FrameflowException known
                                        ? known
                                        : unexpected(cause));
            }
        }
        return prepared;
    }

    private void infer(Run run, List<PreparedFrame> prepared) {
        SubmittedBatch batch = run.batch();
        int images = 0;
        for (int place = 0; place < prepared.size(); place++) {
            PreparedFrame frame = prepared.get(place);
            batch.addPreparation(frame);
            if (frame instanceof PreparedFrame.Bad bad) {
                batch.setRejected(run.first() + place, bad.result());
            } else {
                images = place + 1;
            }
        }
        if (images == 0) {
            return;
        }
        long start = System.nanoTime();
        run.execution().run(images);
        long inferred = System.nanoTime();
        batch.addInference(inferred - start);
        for (int place = 0; place < prepared.size(); place++) {
            if (prepared.get(place) instanceof PreparedFrame.Placed placed) {
                postprocess(run, place, placed);
            }
        }
        batch.addPostprocess(System.nanoTime() - inferred);
    }

    private void postprocess(Run run, int place, PreparedFrame.Placed placed) {
        int frame = run.first() + place;
        FrameSettings settings = run.batch().frames().get(frame).settings();
        try {
            Findings findings =
                    postprocessor.process(
                            run.execution().outputs(),
                            place,
                            placed.letterbox(),
                            modelFile
                                    .thresholds()
                                    .with(settings.scoreThreshold(), settings.nmsIouThreshold()));
            run.batch().setExamined(frame, placed, findings);
        } catch (FrameflowException failure) {
            if (failure.kind() != FailureKind.BAD_INPUT) {
                throw failure;
            }
            run.batch().setRejected(frame, FramePreparer.rejected(Stage.POSTPROCESS, failure));
        }
    }

    private static FrameflowException unexpected(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return new FrameflowException(
                    FailureCode.OUT_OF_MEMORY,
                    "memory is used up ("
                            + failure.getMessage()
                            + "): enlarge the heap, or lower"
                            + " the number of decoding threads",
                    failure);
        }
        return new FrameflowException(
                FailureCode.INTERNAL_ERROR, "the pipeline failed: " + failure, failure);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Threads.finish(feeding);
        Threads.finish(decoding);
        Threads.finish(inference);
        try (Rollback everything = new Rollback()) {
            everything.add(engine);
            everything.add(executions);
            preparers.forEach(everything::add);
        }
    }

    /** Images that go through the engine together: a batch's frames from {@code first} on. */
    private record Run(
            SubmittedBatch batch,
            int first,
            List<CompletableFuture<PreparedFrame>> prepared,
            HostExecution execution) {}
}

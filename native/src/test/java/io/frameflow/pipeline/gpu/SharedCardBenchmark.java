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

import io.frameflow.engine.Precision;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames a second of several pipelines that share a card, as the slots of a TaskManager do.
 *
 * <p>Arguments: model file, ONNX file, plan, JPEG file, pipelines, batch, seconds. Prints one JSON
 * object.
 */
public final class SharedCardBenchmark {
    private static final long WARM_UP_MILLIS = 1000;

    private final PipelineSettings settings;
    private final byte[] picture;
    private final int batch;
    private final CyclicBarrier opened;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicBoolean stopping = new AtomicBoolean();

    private SharedCardBenchmark(
            PipelineSettings settings, byte[] picture, int pipelines, int batch) {
        this.settings = settings;
        this.picture = picture;
        this.batch = batch;
        this.opened = new CyclicBarrier(pipelines + 1);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int pipelines = Integer.parseInt(arguments[4]);
        int batch = Integer.parseInt(arguments[5]);
        PipelineSettings settings =
                PipelineSettings.of(arguments[0], arguments[1], EngineChoice.TENSORRT, batch)
                        .withPlan(new PlanSettings(Precision.FP16, null, arguments[2]));
        byte[] picture = Files.readAllBytes(Path.of(arguments[3]));
        double rate =
                new SharedCardBenchmark(settings, picture, pipelines, batch)
                        .framesPerSecond(
                                pipelines, (long) (1000 * Double.parseDouble(arguments[6])));
        System.out.printf(
                Locale.ROOT,
                "{\"pipelines\": %d, \"batch\": %d, \"queues\": \"%s\", \"frames_per_second\": %.0f}%n",
                pipelines,
                batch,
                System.getenv("CUDA_DEVICE_MAX_CONNECTIONS"),
                rate);
    }

    private double framesPerSecond(int pipelines, long millis) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < pipelines; i++) {
            Thread thread = new Thread(this::work, "pipeline-" + i);
            // A pipeline that fails must not leave the others waiting.
            thread.setUncaughtExceptionHandler(
                    (failed, reason) -> {
                        reason.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    });
            thread.start();
            threads.add(thread);
        }
        opened.await();
        Thread.sleep(WARM_UP_MILLIS);
        long start = System.nanoTime();
        long before = frames.get();
        Thread.sleep(millis);
        double rate = (frames.get() - before) * 1e9 / (System.nanoTime() - start);
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        return rate;
    }

    private void work() {
        List<EncodedFrame> own = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(picture.clone());
            own.add(new EncodedFrame("camera" + i, 0, 0, ImageEncoding.JPEG, 0, 0, bytes));
        }
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            opened.await();
            Deque<CompletableFuture<List<FrameResult>>> flight = new ArrayDeque<>();
            while (!stopping.get() || !flight.isEmpty()) {
                if (stopping.get() || flight.size() == pipeline.maxBatchesInFlight()) {
                    frames.addAndGet(flight.remove().get().size());
                } else {
                    flight.add(pipeline.submit(own));
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the pipeline failed", e);
        }
    }
}

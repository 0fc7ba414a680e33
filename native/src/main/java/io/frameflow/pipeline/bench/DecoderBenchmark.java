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
package io.frameflow.pipeline.bench;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuBatchDecoder;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.resource.Rollback;
import io.frameflow.resource.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * The decoder of a card alone: batches whose bytes already lie where the card can read them,
 * decoded again and again. As in a pipeline, two threads hand them over where it is to be busy,
 * since the decoder blocks each for most of the time.
 */
public final class DecoderBenchmark {
    private static final long SPIN_NANOS = 3_000_000;

    private static final int BUSY_THREADS = 2;

    private static final int LANES_A_THREAD = 2;

    private DecoderBenchmark() {}

    /** One batch in flight. */
    private static final class Lane implements AutoCloseable {
        private final CudaStream stream;
        private final GpuBatchDecoder decoder;
        private final CudaEvent done;

        Lane(List<EncodedFrame> batch) {
            try (Rollback rollback = new Rollback()) {
                stream = rollback.add(new CudaStream());
                decoder = rollback.add(new GpuBatchDecoder(batch.size(), DecodeLimits.DEFAULT));
                done = rollback.add(new CudaEvent());
                decoder.begin();
                for (int place = 0; place < batch.size(); place++) {
                    EncodedFrame frame = batch.get(place);
                    decoder.add(
                            place, frame.encoding(), frame.width(), frame.height(), frame.image());
                }
                decoder.stage();
                done.record(stream);
                rollback.commit();
            }
        }

        void run() {
            done.synchronizeSoon(SPIN_NANOS);
            decoder.decode(stream, new NothingRejected());
            done.record(stream);
        }

        @Override
        public void close() {
            stream.synchronize();
            try (Rollback everything = new Rollback()) {
                everything.add(stream);
                everything.add(decoder);
                everything.add(done);
            }
        }
    }

    private static final class NothingRejected implements GpuBatchDecoder.Outcome {
        @Override
        public void decoded(int place, GpuPicture picture) {
            // Only the time counts.
        }

        @Override
        public void rejected(int place, FrameflowException reason) {
            throw reason;
        }
    }

    /**
     * Pictures that the card decodes in a second when it is kept busy.
     *
     * @param gpu number of the card
     * @param batches what is decoded
     * @throws FrameflowException if a picture is bad, or the card has no decoder
     */
    public static double picturesPerSecond(int gpu, FrameBatches batches, MeasuringTime time) {
        return measure(gpu, batches, BUSY_THREADS, LANES_A_THREAD, time);
    }

    /** The same where a batch is handed over when the one before is decoded. */
    public static double picturesPerSecondOneByOne(
            int gpu, FrameBatches batches, MeasuringTime time) {
        return measure(gpu, batches, 1, 1, time);
    }

    private static double measure(
            int gpu, FrameBatches batches, int threads, int lanesEach, MeasuringTime time) {
        CudaDevice device = CudaDevice.open(gpu);
        device.makeCurrent();
        ExecutorService executor = Threads.named("frameflow-decoder-benchmark", threads);
        try (Rollback memory = new Rollback()) {
            List<EncodedFrame> batch = batches.next();
            List<Worker> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                List<Lane> lanes = new ArrayList<>();
                for (int k = 0; k < lanesEach; k++) {
                    lanes.add(memory.add(new Lane(batch)));
                }
                workers.add(new Worker(device, lanes));
            }
            // Before the lanes are freed, also where one of the threads has failed.
            memory.add(() -> Threads.finish(executor));
            run(workers, executor, time.warmUp());
            return batch.size() * run(workers, executor, time.duration());
        }
    }

    /** A thread's part. */
    private record Worker(CudaDevice device, List<Lane> lanes) {
        /** Decodes one batch after the other; tells how many. */
        int run(Duration duration, long start) {
            device.makeCurrent();
            int count = 0;
            while (MeasuringTime.goesOn(duration, MeasuringTime.FEWEST_BATCHES, start, count)) {
                lanes.get(count++ % lanes.size()).run();
            }
            lanes.forEach(lane -> lane.done.synchronize());
            return count;
        }
    }

    /** Batches a second. */
    private static double run(List<Worker> workers, ExecutorService executor, Duration duration) {
        long start = System.nanoTime();
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (Worker worker : workers) {
            counts.add(CompletableFuture.supplyAsync(() -> worker.run(duration, start), executor));
        }
        try {
            int count = counts.stream().mapToInt(CompletableFuture::join).sum();
            return count / ((System.nanoTime() - start) / 1e9);
        } catch (CompletionException e) {
            throw e.getCause() instanceof FrameflowException failure ? failure : e;
        }
    }
}

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder of a card alone: batches whose bytes already lie where the card can read them,
 * decoded again and again.
 */
public final class DecoderBenchmark {
    private static final long SPIN_NANOS = 3_000_000;

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
     * Pictures that the card decodes in a second.
     *
     * @param gpu number of the card
     * @param batches what is decoded
     * @param inFlight batches in flight: 1 for the time of a batch alone, 2 to keep the decoder
     *     busy
     * @throws FrameflowException if a picture is bad, or the card has no decoder
     */
    public static double picturesPerSecond(
            int gpu, FrameBatches batches, int inFlight, MeasuringTime time) {
        CudaDevice.open(gpu).makeCurrent();
        try (Rollback memory = new Rollback()) {
            List<Lane> lanes = new ArrayList<>();
            List<EncodedFrame> batch = batches.next();
            for (int i = 0; i < inFlight; i++) {
                lanes.add(memory.add(new Lane(batch)));
            }
            run(lanes, time.warmUp());
            return batch.size() * run(lanes, time.duration());
        }
    }

    /** Batches a second. */
    private static double run(List<Lane> lanes, Duration duration) {
        long start = System.nanoTime();
        int count = 0;
        while (MeasuringTime.goesOn(duration, start, count)) {
            lanes.get(count++ % lanes.size()).run();
        }
        lanes.forEach(lane -> lane.done.synchronize());
        return count / ((System.nanoTime() - start) / 1e9);
    }
}

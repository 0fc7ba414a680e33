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
package io.frameflow.engine.tensorrt.bench;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.engine.tensorrt.GpuMachine;
import io.frameflow.engine.tensorrt.TensorRtEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.Rollback;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs an engine on fixed numbers for a while. Two batches are in flight, so that the card never
 * waits for the host, and the transfers of one overlap with the computation of the other.
 *
 * <p>The times are CUDA events' around each part, the throughput is by the host's clock, both as in
 * trtexec of TensorRT 10 (samples/common/sampleInference.cpp).
 */
public final class EngineBenchmark {
    private static final int FEWEST_BATCHES = 10;

    private EngineBenchmark() {}

    /**
     * Measures a plan on a card.
     *
     * @param remedy what to do about a plan that cannot be used, for messages
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} for a batch that the
     *     plan does not take, and as {@link EngineRegistry#acquire} says
     */
    public static BenchmarkReport run(Path plan, int gpu, String remedy, BenchmarkOptions options) {
        CudaDevice device = CudaDevice.open(gpu);
        try (EngineRegistry.Lease lease = EngineRegistry.acquire(plan, device, remedy);
                BenchmarkStreams streams = new BenchmarkStreams()) {
            TensorRtEngine engine = lease.engine();
            int batch = batch(engine.signature().batch(), options.batch());
            // Closes both slots at the end.
            try (Rollback memory = new Rollback()) {
                List<BenchmarkSlot> slots =
                        List.of(
                                memory.add(new BenchmarkSlot(engine, batch, options, streams)),
                                memory.add(new BenchmarkSlot(engine, batch, options, streams)));
                run(slots, options.warmUp(), new Timings());
                Timings timings = new Timings();
                double seconds = run(slots, options.duration(), timings);
                return new BenchmarkReport(
                        GpuMachine.of(device),
                        plan,
                        engine.info(),
                        batch,
                        options,
                        timings.count(),
                        seconds,
                        timings.computeSeconds(),
                        timings.latency(),
                        timings.enqueue(),
                        timings.hostToDevice(),
                        timings.compute(),
                        timings.deviceToHost());
            }
        }
    }

    private static int batch(BatchRange range, int wanted) {
        int batch = wanted == 0 ? range.most() : wanted;
        if (batch < range.least() || batch > range.most()) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "the plan takes batches of %d to %d, not %d"
                            .formatted(range.least(), range.most(), batch));
        }
        return batch;
    }

    /** Runs at least so long, and gives the seconds that it took. */
    private static double run(List<BenchmarkSlot> slots, Duration time, Timings timings) {
        long start = System.nanoTime();
        int started = 0;
        while (started < FEWEST_BATCHES || System.nanoTime() - start < time.toNanos()) {
            BenchmarkSlot slot = slots.get(started % slots.size());
            slot.finish(timings);
            slot.start();
            started++;
        }
        for (int i = 0; i < slots.size(); i++) {
            slots.get((started + i) % slots.size()).finish(timings);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}

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

import io.frameflow.engine.tensorrt.bench.TimeSummary;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A pipeline from encoded bytes in host memory to results in host memory, kept busy. */
public final class PipelineBenchmark {
    private static final int TURNS = 5;

    private final FramePipeline pipeline;
    private final FrameBatches batches;
    private final int inFlight;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private final long[] stageNanos = new long[5];
    private long[] latencies = new long[1024];
    private long[] withoutDecoding = new long[1024];
    private int finished;
    private long frames;
    private long nanos;
    private boolean measuring;

    /** A batch on its way; {@code nanos} is the time until its results were there. */
    private record Flight(
            CompletableFuture<List<FrameResult>> results, CompletableFuture<Long> nanos) {
        static Flight of(long startNanos, CompletableFuture<List<FrameResult>> results) {
            return new Flight(results, results.thenApply(there -> System.nanoTime() - startNanos));
        }
    }

    /**
     * What was measured.
     *
     * @param framesPerSecond frames a second by the host's clock
     * @param batches batches that were measured
     * @param latency from handing a batch over to its results' being there, in milliseconds
     * @param withoutDecoding the same less the time that its pictures took to be decoded
     * @param meanStages mean time of each stage a batch
     */
    public record Report(
            double framesPerSecond,
            int batches,
            TimeSummary latency,
            TimeSummary withoutDecoding,
            StageTimes meanStages) {}

    private PipelineBenchmark(FramePipeline pipeline, FrameBatches batches, int inFlight) {
        this.pipeline = pipeline;
        this.batches = batches;
        this.inFlight = inFlight;
    }

    /** Two pipelines that were measured in turns. */
    public record Comparison(Report one, Report other) {}

    /**
     * Measures a pipeline.
     *
     * @param inFlight batches in flight: 1 for the latency of a batch alone, the pipeline's most
     *     for its throughput
     * @throws FrameflowException if a batch fails or a picture is rejected
     */
    public static Report run(
            FramePipeline pipeline, FrameBatches batches, int inFlight, MeasuringTime time)
            throws InterruptedException {
        PipelineBenchmark measured = new PipelineBenchmark(pipeline, batches, inFlight);
        measured.takeTurn(time, MeasuringTime.FEWEST_BATCHES);
        return measured.report();
    }

    /**
     * Measures two pipelines of the same pictures, five times each and in turns, so that clocks,
     * heat and whatever else changes in time are the same for both. Each has the time of one
     * measurement in all.
     *
     * @throws FrameflowException if a batch fails or a picture is rejected
     */
    public static Comparison compare(
            FramePipeline one, FramePipeline other, FrameBatches batches, MeasuringTime time)
            throws InterruptedException {
        PipelineBenchmark first = busy(one, batches.fromTheStart());
        PipelineBenchmark second = busy(other, batches.fromTheStart());
        first.keepBusy(time.warmUp(), MeasuringTime.FEWEST_BATCHES);
        second.keepBusy(time.warmUp(), MeasuringTime.FEWEST_BATCHES);
        MeasuringTime turn = time.dividedBy(TURNS);
        for (int i = 0; i < TURNS; i++) {
            first.takeTurn(turn, MeasuringTime.FEWEST_BATCHES / TURNS);
            second.takeTurn(turn, MeasuringTime.FEWEST_BATCHES / TURNS);
        }
        return new Comparison(first.report(), second.report());
    }

    private static PipelineBenchmark busy(FramePipeline pipeline, FrameBatches batches) {
        return new PipelineBenchmark(pipeline, batches, pipeline.maxBatchesInFlight());
    }

    private void takeTurn(MeasuringTime time, int fewest) throws InterruptedException {
        keepBusy(time.warmUp(), fewest);
        measuring = true;
        long start = System.nanoTime();
        keepBusy(time.duration(), fewest);
        nanos += System.nanoTime() - start;
        measuring = false;
    }

    private void keepBusy(Duration wanted, int fewest) throws InterruptedException {
        long start = System.nanoTime();
        int started = 0;
        while (MeasuringTime.goesOn(wanted, fewest, start, started)) {
            if (flights.size() == inFlight) {
                finishOne();
            }
            List<EncodedFrame> batch = batches.next();
            flights.add(Flight.of(System.nanoTime(), pipeline.submit(batch)));
            started++;
        }
        while (!flights.isEmpty()) {
            finishOne();
        }
    }

    private void finishOne() throws InterruptedException {
        Flight flight = flights.remove();
        List<FrameResult> results = await(flight.results());
        for (FrameResult result : results) {
            if (result instanceof FrameResult.Rejected rejected) {
                throw new FrameflowException(rejected.code(), rejected.message());
            }
        }
        if (measuring) {
            frames += results.size();
            add(flight.nanos().join(), ((FrameResult.Examined) results.get(0)).times());
        }
    }

    private static List<FrameResult> await(CompletableFuture<List<FrameResult>> results)
            throws InterruptedException {
        try {
            return results.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FrameflowException failure) {
                throw failure;
            }
            throw new FrameflowException(
                    FailureCode.INTERNAL_ERROR, "the pipeline failed: " + e.getCause(), e);
        }
    }

    private void add(long latency, StageTimes times) {
        if (finished == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * finished);
            withoutDecoding = Arrays.copyOf(withoutDecoding, 2 * finished);
        }
        latencies[finished] = latency;
        withoutDecoding[finished++] = latency - times.decode();
        stageNanos[0] += times.decode();
        stageNanos[1] += times.denoise();
        stageNanos[2] += times.preprocess();
        stageNanos[3] += times.inference();
        stageNanos[4] += times.postprocess();
    }

    private Report report() {
        StageTimes mean =
                new StageTimes(
                        stageNanos[0] / finished,
                        stageNanos[1] / finished,
                        stageNanos[2] / finished,
                        stageNanos[3] / finished,
                        stageNanos[4] / finished);
        return new Report(
                frames * 1e9 / nanos,
                finished,
                TimeSummary.ofNanos(Arrays.copyOf(latencies, finished)),
                TimeSummary.ofNanos(Arrays.copyOf(withoutDecoding, finished)),
                mean);
    }
}

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

import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.tensorrt.GpuMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured. The names are those of trtexec, times are in milliseconds a batch.
 *
 * @param machine where
 * @param plan what
 * @param info its precision and network
 * @param batch images a batch
 * @param options how
 * @param batches how many were measured
 * @param hostSeconds "Total Host Walltime": from the first batch's start to the last one's end
 * @param computeSeconds "Total GPU Compute Time"
 * @param latency what the card spends on a batch: both transfers and the computation
 * @param enqueue what the host spends on starting a batch
 * @param hostToDevice copying the inputs; 0 without transfers
 * @param compute the computation
 * @param deviceToHost copying the outputs; 0 without transfers
 */
public record BenchmarkReport(
        GpuMachine machine,
        Path plan,
        EngineInfo info,
        int batch,
        BenchmarkOptions options,
        int batches,
        double hostSeconds,
        double computeSeconds,
        TimeSummary latency,
        TimeSummary enqueue,
        TimeSummary hostToDevice,
        TimeSummary compute,
        TimeSummary deviceToHost) {

    /** Batches a second: trtexec's throughput. */
    public double batchesPerSecond() {
        return batches / hostSeconds;
    }

    /** Images a second. */
    public double imagesPerSecond() {
        return batchesPerSecond() * batch;
    }

    /** What keeps the throughput below that of the computation. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (enqueue.median() > compute.median()) {
            warnings.add(
                    "Throughput may be bound by the host, which takes longer to start a batch than"
                            + " the card to compute it: use a CUDA graph or a larger batch.");
        }
        if (hostToDevice.median() > compute.median()) {
            warnings.add(
                    "Throughput may be bound by copying inputs to the card: measure the engine alone"
                            + " with --no-data-transfers.");
        }
        if (deviceToHost.median() > compute.median()) {
            warnings.add(
                    "Throughput may be bound by copying outputs from the card: measure the engine"
                            + " alone with --no-data-transfers.");
        }
        return warnings;
    }
}

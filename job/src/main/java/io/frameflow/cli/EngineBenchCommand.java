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
package io.frameflow.cli;

import io.frameflow.cli.engine.BenchmarkPrinter;
import io.frameflow.cli.engine.PlanOptions;
import io.frameflow.engine.tensorrt.bench.BenchmarkOptions;
import io.frameflow.engine.tensorrt.bench.BenchmarkReport;
import io.frameflow.engine.tensorrt.bench.EngineBenchmark;
import io.frameflow.pipeline.assembly.LocatedPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow engine bench}: the engine alone, measured as trtexec does. */
@Command(
        name = "bench",
        description = {
            "Measure an engine alone: throughput, and the times of transfers and computation.",
            "Two batches are in flight, so that transfers overlap with computation.",
            ""
        })
final class EngineBenchCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private PlanOptions plan;

    @Option(
            names = "--batch",
            paramLabel = "IMAGES",
            defaultValue = "0",
            description = "Images a batch (default: the most that the engine takes).")
    private int batch;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Time of the measurement (default: ${DEFAULT-VALUE}).")
    private double duration;

    @Option(
            names = "--warm-up",
            paramLabel = "MILLISECONDS",
            defaultValue = "200",
            description = "Time before the measurement (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--cuda-graph",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Launch the engine as a captured graph (default), or call by call.")
    private boolean cudaGraph;

    @Option(
            names = "--data-transfers",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Copy inputs to the card and outputs from it (default), or leave them there.")
    private boolean dataTransfers;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures as one JSON object, too; - is standard output alone.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        BenchmarkOptions options = options();
        LocatedPlan located = plan.locate(batch);
        BenchmarkReport report =
                EngineBenchmark.run(located.file(), plan.gpu(), located.remedy(), options);
        PrintWriter out = spec.commandLine().getOut();
        if (STANDARD_OUTPUT.equals(json)) {
            BenchmarkPrinter.printJson(report, out);
            return 0;
        }
        BenchmarkPrinter.print(report, out);
        if (json != null) {
            try (PrintWriter file = new PrintWriter(json, StandardCharsets.UTF_8)) {
                BenchmarkPrinter.printJson(report, file);
                if (file.checkError()) {
                    throw new IOException("cannot write " + json + ": is the disk full?");
                }
            }
        }
        return 0;
    }

    private BenchmarkOptions options() {
        try {
            return new BenchmarkOptions(
                    batch,
                    Duration.ofMillis(warmUp),
                    Duration.ofNanos((long) (duration * 1e9)),
                    cudaGraph,
                    dataTransfers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}

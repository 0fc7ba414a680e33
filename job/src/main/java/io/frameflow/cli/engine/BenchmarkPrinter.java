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
package io.frameflow.cli.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.engine.tensorrt.bench.BenchmarkReport;
import io.frameflow.engine.tensorrt.bench.TimeSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints measurements of an engine. */
public final class BenchmarkPrinter {
    private BenchmarkPrinter() {}

    /** In the layout of trtexec. */
    public static void print(BenchmarkReport report, PrintWriter out) {
        out.println("=== Device ===");
        out.printf(
                "%s, driver %s, CUDA %s, TensorRT %s%n",
                report.machine().card(),
                report.machine().driver(),
                report.machine().cudaRuntime(),
                report.machine().tensorRt());
        out.println("=== Inference ===");
        out.printf(
                "%s, %s, batch %d, %s CUDA graph, %s data transfers%n",
                report.plan(),
                report.info().precision(),
                report.batch(),
                report.options().cudaGraph() ? "with" : "without",
                report.options().dataTransfers() ? "with" : "without");
        out.println("=== Performance summary ===");
        out.printf(
                Locale.ROOT,
                "Throughput: %.2f qps (%.1f images/s)%n",
                report.batchesPerSecond(),
                report.imagesPerSecond());
        print("Latency", report.latency(), out);
        print("Enqueue Time", report.enqueue(), out);
        print("H2D Latency", report.hostToDevice(), out);
        print("GPU Compute Time", report.compute(), out);
        print("D2H Latency", report.deviceToHost(), out);
        out.printf(Locale.ROOT, "Total Host Walltime: %.5f s%n", report.hostSeconds());
        out.printf(Locale.ROOT, "Total GPU Compute Time: %.5f s%n", report.computeSeconds());
        report.warnings().forEach(warning -> out.println("* " + warning));
        out.flush();
    }

    private static void print(String name, TimeSummary times, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: min = %.5f ms, max = %.5f ms, mean = %.5f ms, median = %.5f ms,"
                        + " percentile(90%%) = %.5f ms, percentile(95%%) = %.5f ms,"
                        + " percentile(99%%) = %.5f ms%n",
                name,
                times.min(),
                times.max(),
                times.mean(),
                times.median(),
                times.p90(),
                times.p95(),
                times.p99());
    }

    /** As one JSON object. */
    public static void printJson(BenchmarkReport report, PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("benchmark", "engine");
            MachineJson.write(json, report.machine());
            json.writeStringField("plan", report.plan().getFileName().toString());
            json.writeStringField("network_sha256", report.info().networkSha256());
            json.writeStringField("precision", report.info().precision());
            json.writeNumberField("batch", report.batch());
            json.writeBooleanField("cuda_graph", report.options().cudaGraph());
            json.writeBooleanField("data_transfers", report.options().dataTransfers());
            json.writeNumberField("warm_up_ms", report.options().warmUp().toMillis());
            json.writeNumberField("batches", report.batches());
            json.writeNumberField("throughput_qps", report.batchesPerSecond());
            json.writeNumberField("images_per_second", report.imagesPerSecond());
            write(json, "latency_ms", report.latency());
            write(json, "enqueue_ms", report.enqueue());
            write(json, "h2d_ms", report.hostToDevice());
            write(json, "gpu_compute_ms", report.compute());
            write(json, "d2h_ms", report.deviceToHost());
            json.writeNumberField("total_host_walltime_s", report.hostSeconds());
            json.writeNumberField("total_gpu_compute_s", report.computeSeconds());
            json.writeArrayFieldStart("warnings");
            for (String warning : report.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
        out.flush();
    }

    private static void write(JsonGenerator json, String name, TimeSummary times)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("min", times.min());
        json.writeNumberField("max", times.max());
        json.writeNumberField("mean", times.mean());
        json.writeNumberField("median", times.median());
        json.writeNumberField("p90", times.p90());
        json.writeNumberField("p95", times.p95());
        json.writeNumberField("p99", times.p99());
        json.writeEndObject();
    }
}

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
package io.frameflow.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.tensorrt.GpuMachine;
import io.frameflow.pipeline.assembly.EngineChoice;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** Writes results with what somebody needs to repeat them. */
final class BenchmarkReport {
    private final BenchmarkOptions options;
    private final double meanBytes;
    private final double load;

    /**
     * A report.
     *
     * @param meanBytes mean size of a picture
     * @param load load average of the machine before the benchmark
     */
    BenchmarkReport(BenchmarkOptions options, double meanBytes, double load) {
        this.options = options;
        this.meanBytes = meanBytes;
        this.load = load;
    }

    String json(List<RunResult> runs, List<LiveResult> live) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("benchmark", "stream");
            json.writeStringField("date", LocalDate.now(ZoneOffset.UTC).toString());
            json.writeStringField("command", System.getProperty("benchmark.command", ""));
            machine(json);
            versions(json);
            workload(json);
            json.writeArrayFieldStart("runs");
            for (RunResult result : runs) {
                run(json, result);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("live");
            for (LiveResult result : live) {
                live(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private void machine(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", line("/proc/cpuinfo", "model name"));
        json.writeNumberField("cores", Runtime.getRuntime().availableProcessors());
        json.writeStringField("memory", line("/proc/meminfo", "MemTotal"));
        json.writeStringField(
                "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.writeNumberField("load_average_before", load);
        if (EngineChoice.TENSORRT.label().equals(options.settings.get("model.engine"))) {
            GpuMachine card = GpuMachine.of(CudaDevice.open(0));
            json.writeStringField("card", card.card());
            json.writeStringField("driver", card.driver());
            json.writeStringField("cuda_runtime", card.cudaRuntime());
            json.writeStringField("tensorrt", card.tensorRt());
        }
        json.writeEndObject();
    }

    private static void versions(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("versions");
        json.writeStringField("commit", System.getProperty("benchmark.commit", ""));
        json.writeStringField("java", System.getProperty("java.vm.version"));
        json.writeStringField("flink", EnvironmentInformation.getVersion());
        json.writeStringField("kafka", AppInfoParser.getVersion());
        json.writeEndObject();
    }

    private void workload(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("workload");
        json.writeNumberField("frames", options.frames);
        json.writeNumberField("mean_bytes_per_picture", Math.round(meanBytes));
        json.writeNumberField("cameras", options.cameras);
        json.writeNumberField("partitions", options.partitions);
        json.writeNumberField("parallelism", options.parallelism);
        json.writeStringField("job_heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        json.writeStringField(
                "collector", ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
        settings(json, "options", options.settings);
        if (!options.compared.isEmpty()) {
            settings(json, "compared_options", options.compared);
        }
        json.writeEndObject();
    }

    private static void settings(JsonGenerator json, String name, Map<String, String> settings)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
    }

    private void run(JsonGenerator json, RunResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("delivery_guarantee", result.guarantee());
        if (!options.compared.isEmpty()) {
            json.writeBooleanField("with_compared_options", result.compared());
        }
        json.writeNumberField("frames_per_second", Math.round(result.framesPerSecond()));
        json.writeNumberField("frames_per_batch", tenths(result.framesPerBatch()));
        json.writeNumberField("peak_live_heap_mib", result.peakLiveHeapBytes() >> 20);
        json.writeObjectFieldStart("allocated_bytes_per_frame");
        for (Map.Entry<String, Double> value : result.allocatedBytesPerFrame().entrySet()) {
            json.writeNumberField(value.getKey(), Math.round(value.getValue()));
        }
        json.writeEndObject();
        // Whoever copies a picture on the heap allocates room for it first.
        json.writeObjectFieldStart("picture_copies_per_frame_at_most");
        for (Map.Entry<String, Double> value : result.allocatedBytesPerFrame().entrySet()) {
            json.writeNumberField(
                    value.getKey(), Math.round(100 * value.getValue() / meanBytes) / 100.0);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("processor_us_per_frame");
        for (Map.Entry<String, Double> value : result.processorMicrosPerFrame().entrySet()) {
            json.writeNumberField(value.getKey(), tenths(value.getValue()));
        }
        json.writeNumberField("broker", tenths(result.brokerMicrosPerFrame()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void live(JsonGenerator json, LiveResult result) throws IOException {
        json.writeStartObject();
        json.writeNumberField("load", result.load());
        json.writeNumberField("frames_per_second", Math.round(result.framesPerSecond()));
        json.writeNumberField("frames", result.frames());
        latencies(json, "published_ms", result.published());
        latencies(json, "latency_ms", result.results());
        json.writeEndObject();
    }

    private static void latencies(JsonGenerator json, String name, Latencies latencies)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("p50", tenths(latencies.p50()));
        json.writeNumberField("p95", tenths(latencies.p95()));
        json.writeNumberField("p99", tenths(latencies.p99()));
        json.writeNumberField("max", tenths(latencies.max()));
        json.writeEndObject();
    }

    private static double tenths(double value) {
        return Math.round(10 * value) / 10.0;
    }

    /** What stands behind the colon in the first line of a file that begins so. */
    private static String line(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "unknown";
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}

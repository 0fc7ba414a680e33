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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures the job from Kafka to Kafka. The broker runs on the same machine, in a process of its
 * own; frames are on its topic beforehand, or are published while the job runs. Run it with {@code
 * docs/benchmarks/stream.sh}.
 */
@Command(
        name = "stream.sh",
        mixinStandardHelpOptions = true,
        showDefaultValues = false,
        description = "Measures the job from Kafka to Kafka, and prints JSON.")
public final class StreamBenchmark implements Callable<Integer> {
    private static final String FRAMES = "frames";
    private static final Duration SAMPLE_INTERVAL = Duration.ofMillis(200);

    @Mixin private BenchmarkOptions options = new BenchmarkOptions();

    /** Runs all variants and writes the report. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StreamBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        FrameSupply supply =
                new FrameSupply(
                        FrameSupply.pictures(options.pictures, options.bytes), options.cameras);
        BenchmarkReport report = new BenchmarkReport(options, supply.meanBytes(), load);
        try (BenchmarkBroker broker = BenchmarkBroker.start(options.work)) {
            List<RunResult> runs = measureThroughput(broker, supply);
            List<LiveResult> live = new ArrayList<>();
            save(report.json(runs, live));
            for (double part : options.liveLoads) {
                live.add(measureLatency(broker, part, part * medianThroughput(runs)));
                save(report.json(runs, live));
            }
            System.out.println(report.json(runs, live));
        }
        return 0;
    }

    /** After each measurement, because the next one may take minutes and fail. */
    private void save(String json) throws IOException {
        if (options.output != null) {
            Files.writeString(options.output, json + "\n");
        }
    }

    private List<RunResult> measureThroughput(BenchmarkBroker broker, FrameSupply supply)
            throws Exception {
        broker.createTopics(options.partitions, Map.of("max.message.bytes", "16777216"), FRAMES);
        progress("filling the topic with %,d frames", options.frames);
        new Publisher(broker.bootstrapServers(), supply, options.cameras, options.publishers)
                .publish(FRAMES, options.frames, number -> captureTime(number), number -> {}, 100);
        List<RunResult> results = new ArrayList<>();
        for (String guarantee : options.guarantees) {
            for (int run = 1; run <= options.warmUpRuns; run++) {
                measure(broker, guarantee, false, guarantee + "-warm-up-" + run);
            }
            for (int repetition = 1; repetition <= options.repetitions; repetition++) {
                for (boolean compared : variants(repetition)) {
                    String run = guarantee + "-" + repetition + (compared ? "-compared" : "");
                    RunResult result = measure(broker, guarantee, compared, run);
                    progress("%s: %,.0f frames/s", run, result.framesPerSecond());
                    results.add(result);
                }
            }
        }
        return results;
    }

    /** Whether each run of a repetition has the options that are compared. */
    private List<Boolean> variants(int repetition) {
        if (options.compared.isEmpty()) {
            return List.of(false);
        }
        return repetition % 2 == 1 ? List.of(false, true) : List.of(true, false);
    }

    /** Every camera takes 25 frames a second, so that tracking has sensible times. */
    private long captureTime(long number) {
        return 1_790_000_000_000_000L + number / options.cameras * 40_000;
    }

    private RunResult measure(
            BenchmarkBroker broker, String guarantee, boolean compared, String run)
            throws Exception {
        Duration brokerBefore = broker.processorTime();
        List<ThreadUsage> samples = new ArrayList<>();
        samples.add(ThreadUsage.now());
        JobClient job =
                new BenchmarkJob(options, broker, compared).start(FRAMES, true, guarantee, run);
        var end = job.getJobExecutionResult();
        while (!end.isDone()) {
            samples.add(ThreadUsage.now());
            Thread.sleep(SAMPLE_INTERVAL.toMillis());
        }
        end.get();
        Duration brokerTime = broker.processorTime().minus(brokerBefore);
        List<Long> times =
                ResultTimes.read(
                        broker.bootstrapServers(), BenchmarkJob.detections(run), options.frames);
        return RunResult.of(guarantee, compared, options.frames, times, samples, brokerTime);
    }

    private double medianThroughput(List<RunResult> runs) {
        List<Double> sorted =
                runs.stream()
                        .filter(run -> run.guarantee().equals(options.guarantees.get(0)))
                        .filter(run -> !run.compared())
                        .map(RunResult::framesPerSecond)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        return sorted.get(sorted.size() / 2);
    }

    private LiveResult measureLatency(BenchmarkBroker broker, double load, double framesPerSecond)
            throws Exception {
        String run = "live-" + load;
        String frames = "frames-" + run;
        broker.createTopics(
                options.partitions,
                Map.of("max.message.bytes", "16777216", "retention.bytes", "1073741824"),
                frames);
        BenchmarkJob benchmarkJob = new BenchmarkJob(options, broker, false);
        JobClient job = benchmarkJob.start(frames, false, options.guarantees.get(0), run);
        benchmarkJob.awaitRunning(job);
        Path results = Files.createTempFile("frameflow-latencies-", ".txt");
        Path published = Files.createTempFile("frameflow-published-", ".txt");
        publishLive(broker, run, frames, framesPerSecond, List.of(results, published));
        job.cancel().get();
        long[] micros = numbers(results);
        LiveResult result =
                new LiveResult(
                        load,
                        framesPerSecond,
                        micros.length,
                        Latencies.ofMicros(numbers(published)),
                        Latencies.ofMicros(micros));
        progress(
                "at load %.2f: p99 %.1f ms, of the publishing %.1f ms",
                load, result.results().p99(), result.published().p99());
        return result;
    }

    /** Publishes and reads results in a process of its own, which writes latencies to the files. */
    private void publishLive(
            BenchmarkBroker broker,
            String run,
            String frames,
            double framesPerSecond,
            List<Path> files)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                LiveLoad.class.getName(),
                                broker.bootstrapServers(),
                                frames,
                                BenchmarkJob.detections(run),
                                BenchmarkJob.deadLetters(run),
                                Double.toString(framesPerSecond),
                                Integer.toString(options.liveSeconds),
                                Integer.toString(options.cameras),
                                Integer.toString(options.publishers)));
        files.forEach(file -> arguments.add(file.toString()));
        arguments.add(Integer.toString(options.bytes));
        if (options.pictures != null) {
            arguments.add(options.pictures.toString());
        }
        Path output = Files.createTempFile("frameflow-live-load-", ".txt");
        Process client =
                ChildProcess.java(List.of("-Xmx2g"), output, arguments.toArray(String[]::new));
        if (client.waitFor() != 0) {
            throw new IOException("the publisher failed:\n" + Files.readString(output));
        }
        Files.delete(output);
    }

    /** The numbers of a file, which is then deleted. */
    private static long[] numbers(Path file) throws IOException {
        long[] numbers = Files.readAllLines(file).stream().mapToLong(Long::parseLong).toArray();
        Files.delete(file);
        return numbers;
    }

    private static void progress(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }
}

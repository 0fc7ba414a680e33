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
package io.frameflow.cli.demo;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.output.JsonLinesPrinter;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.FrameProducer;
import io.frameflow.cli.publish.Publication;
import io.frameflow.schema.FrameDetections;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Shows the whole way of frames: cameras publish to a Kafka broker, the job examines and tracks,
 * and what comes out is counted against what went in.
 */
public final class Demonstration {
    private static final List<Integer> PERCENTILES = List.of(50, 95, 99);

    private final DemoPlan plan;
    private final Consumer<String> steps;

    /**
     * A demonstration.
     *
     * @param steps is told what is being done
     */
    public Demonstration(DemoPlan plan, Consumer<String> steps) {
        this.plan = plan;
        this.steps = steps;
    }

    /**
     * Runs it from beginning to end, and takes everything down.
     *
     * @param progress is told how many frames went in and came out, about five times a second
     * @throws IOException if something fails that is not a matter of single frames
     */
    public DemoReport run(StopSignal stop, Consumer<String> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(plan.output());
        return DemoJob.with(
                plan,
                Map.of(),
                steps,
                (kafka, cluster) -> publishAndCollect(kafka, cluster, stop, progress));
    }

    private DemoReport publishAndCollect(
            KafkaConnection kafka, LocalCluster cluster, StopSignal stop, Consumer<String> progress)
            throws IOException, InterruptedException {
        steps.accept("publishing " + String.join(", ", plan.clips().keySet()));
        ResultWindow window = plan.window();
        try (FrameProducer producer = FrameProducer.connect(kafka, DemoJob.FRAMES);
                ResultCollector results =
                        new ResultCollector(
                                kafka, DemoJob.DETECTIONS, DemoJob.DEAD_LETTERS, window)) {
            Instant start = Instant.now();
            Publication publication = new Publication(plan.once(start), producer, window);
            new Exchange(publication, producer, results, window).run(cluster, stop, progress);
            Duration duration = Duration.between(start, Instant.now());
            steps.accept("drawing what was found");
            return report(producer.frames(), duration, results, writeFiles(results));
        }
    }

    private Map<String, Path> writeFiles(ResultCollector results) throws IOException {
        Map.Entry<String, Path> first = plan.clips().entrySet().iterator().next();
        Path video = plan.output().resolve(first.getKey() + ".mp4");
        Path picture = plan.output().resolve(first.getKey() + ".jpg");
        Path records = plan.output().resolve("detections.jsonl");
        Map<Long, FrameDetections> ofFirst = results.resultsOf(first.getKey());
        if (!ofFirst.isEmpty()) {
            new AnnotatedClip(first.getValue(), ofFirst).write(video, picture);
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(records))) {
            JsonLinesPrinter<FrameDetections> printer = new JsonLinesPrinter<>(out);
            for (FrameDetections result : results.allResults()) {
                printer.print(result);
            }
        }
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("annotated video", video);
        files.put("annotated picture", picture);
        files.put("detections", records);
        return files;
    }

    private static DemoReport report(
            long framesIn, Duration duration, ResultCollector results, Map<String, Path> files) {
        Map<Integer, Double> latency = new TreeMap<>();
        if (results.resultCount() > 0) {
            LatencySummary summary = results.latency();
            PERCENTILES.forEach(percent -> latency.put(percent, summary.percentileMillis(percent)));
        }
        return new DemoReport(
                framesIn,
                results.resultCount(),
                results.duplicateCount(),
                results.deadLetterCount(),
                results.objectCount(),
                results.trackCount(),
                duration,
                latency,
                files);
    }
}

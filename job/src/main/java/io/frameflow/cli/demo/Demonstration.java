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
import io.frameflow.cli.kafka.Topics;
import io.frameflow.cli.local.LocalBroker;
import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.output.JsonLinesPrinter;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.process.TemporaryFolder;
import io.frameflow.cli.publish.Feed;
import io.frameflow.cli.publish.FrameProducer;
import io.frameflow.cli.publish.Input;
import io.frameflow.cli.publish.PictureFormat;
import io.frameflow.cli.publish.Publication;
import io.frameflow.cli.publish.PublishPlan;
import io.frameflow.job.config.Settings;
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
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/**
 * Shows the whole way of frames: cameras publish to a Kafka broker, the job examines and tracks,
 * and what comes out is counted against what went in.
 */
public final class Demonstration {
    private static final String FRAMES = "frames";
    private static final String DETECTIONS = "detections";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String EVENTS = "events";
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int JPEG_QUALITY = 90;
    private static final Duration START = Duration.ofSeconds(90);
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
        try (TemporaryFolder temporary = TemporaryFolder.create("frameflow-demo-")) {
            steps.accept("starting a Kafka broker");
            try (LocalBroker broker = LocalBroker.start(temporary.path())) {
                KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
                createTopics(kafka);
                steps.accept("starting Flink and the job, Kafka at " + broker.bootstrapServers());
                try (LocalCluster cluster =
                        LocalCluster.start(jobSettings(kafka), flink(temporary.path()))) {
                    cluster.awaitRunning(START);
                    return publishAndCollect(kafka, cluster, stop, progress);
                }
            }
        }
    }

    private void createTopics(KafkaConnection kafka) throws IOException {
        try (Topics topics = Topics.connect(kafka)) {
            for (String topic : List.of(FRAMES, DETECTIONS, DEAD_LETTERS, EVENTS)) {
                topics.create(topic, plan.clips().size(), MAX_MESSAGE_BYTES);
            }
        }
    }

    private Settings jobSettings(KafkaConnection kafka) {
        return Settings.from(
                Map.of(
                        "kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "kafka.source.starting-offsets",
                        "earliest",
                        // A card would need a plan first, which takes minutes to build.
                        "model.engine",
                        "onnxruntime",
                        "model.file",
                        plan.modelFile().toString()));
    }

    private static Configuration flink(Path temporary) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.TMP_DIRS, temporary.toString());
        return flink;
    }

    private DemoReport publishAndCollect(
            KafkaConnection kafka, LocalCluster cluster, StopSignal stop, Consumer<String> progress)
            throws IOException, InterruptedException {
        steps.accept("publishing " + String.join(", ", plan.clips().keySet()));
        ResultWindow window = plan.window();
        try (FrameProducer producer = FrameProducer.connect(kafka, FRAMES);
                ResultCollector results =
                        new ResultCollector(kafka, DETECTIONS, DEAD_LETTERS, window)) {
            Instant start = Instant.now();
            Publication publication = new Publication(publishPlan(start), producer, window);
            new Exchange(publication, producer, results, window).run(cluster, stop, progress);
            Duration duration = Duration.between(start, Instant.now());
            steps.accept("drawing what was found");
            return report(producer.frames(), duration, results, writeFiles(results));
        }
    }

    /**
     * Frames carry the times of their clip, whenever they are published: so the same clip gives the
     * same tracks on any machine.
     */
    private PublishPlan publishPlan(Instant start) {
        List<Feed> feeds =
                plan.clips().entrySet().stream()
                        .map(
                                clip ->
                                        new Feed(
                                                Input.parse(clip.getValue().toString()),
                                                List.of(clip.getKey())))
                        .toList();
        return new PublishPlan(
                feeds,
                new PictureFormat(null, null, JPEG_QUALITY),
                plan.pace(),
                false,
                plan.maxFrames(),
                start.toString(),
                0,
                start);
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

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

import io.frameflow.job.JobEnds;
import io.frameflow.job.JobTopology;
import io.frameflow.job.config.Settings;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the product's job, as {@code FrameflowJob} builds it, in this process. */
final class BenchmarkJob {
    private static final String MODEL_FILE = "model.file";
    private static final String PREVIEW = "kafka.topics.preview";
    private static final Duration START = Duration.ofMinutes(3);

    private final BenchmarkOptions options;
    private final BenchmarkBroker broker;
    private final Map<String, String> given;

    /**
     * A job.
     *
     * @param compared whether it has the options that are compared, too
     */
    BenchmarkJob(BenchmarkOptions options, BenchmarkBroker broker, boolean compared) {
        this.options = options;
        this.broker = broker;
        this.given = new HashMap<>(options.settings);
        if (compared) {
            given.putAll(options.compared);
        }
    }

    /** Topic of a run's results. */
    static String detections(String run) {
        return "detections-" + run;
    }

    /** Topic of a run's dead letters. */
    static String deadLetters(String run) {
        return "dead-letters-" + run;
    }

    private String preview(String run) {
        return given.get(PREVIEW) + "-" + run;
    }

    /**
     * Starts the job.
     *
     * @param bounded whether it ends with the frames that the topic has now
     */
    JobClient start(String frames, boolean bounded, String guarantee, String run) throws Exception {
        broker.createTopics(
                options.partitions,
                Map.of("max.message.bytes", "2097152"),
                detections(run),
                deadLetters(run),
                "events-" + run);
        if (given.containsKey(PREVIEW)) {
            broker.createTopics(
                    options.partitions, Map.of("max.message.bytes", "2097152"), preview(run));
        }
        Settings settings = settings(frames, bounded, guarantee, run);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        options.parallelism, new Configuration());
        JobTopology.build(
                environment,
                settings,
                CountingPipeline.around(pipelines(settings)),
                JobEnds.onKafka(settings));
        return environment.executeAsync("benchmark " + run);
    }

    /** Waits until every subtask has opened its pipeline. */
    void awaitRunning(JobClient job) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        while (CountingPipeline.open() < options.parallelism) {
            JobStatus status = job.getJobStatus().get();
            if (status.isTerminalState() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the job is " + status);
            }
            Thread.sleep(100);
        }
    }

    private FramePipelineFactory pipelines(Settings settings) {
        return given.containsKey(MODEL_FILE)
                ? new ModelPipelineFactory(settings.inference().pipeline())
                : InstantPipeline.factory(settings.inference().pipeline().maxBatchSize());
    }

    private Settings settings(String frames, boolean bounded, String guarantee, String run) {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap-servers", broker.bootstrapServers());
        values.put("kafka.topics.frames", frames);
        values.put("kafka.topics.detections", detections(run));
        values.put("kafka.topics.dead-letters", deadLetters(run));
        values.put("kafka.topics.events", "events-" + run);
        values.put("kafka.source.group-id", run);
        values.put("kafka.source.starting-offsets", "earliest");
        values.put("kafka.source.bounded", Boolean.toString(bounded));
        values.put("kafka.sink.delivery-guarantee", guarantee);
        values.put("kafka.sink.transactional-id-prefix", "benchmark-" + run);
        values.put("checkpoints.interval", "1 s");
        values.put(MODEL_FILE, "none");
        values.putAll(given);
        values.computeIfPresent(PREVIEW, (key, name) -> preview(run));
        return Settings.from(values);
    }
}

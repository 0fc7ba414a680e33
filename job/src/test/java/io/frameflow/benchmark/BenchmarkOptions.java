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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured; set by picocli. */
final class BenchmarkOptions {
    @Option(
            names = "--frames",
            defaultValue = "20000",
            paramLabel = "N",
            description = "Frames of a run (default: ${DEFAULT-VALUE}).")
    int frames;

    @Option(
            names = "--bytes",
            defaultValue = "102400",
            paramLabel = "N",
            description =
                    "Size of a picture of random bytes, where --pictures is not given (default:"
                            + " ${DEFAULT-VALUE}).")
    int bytes;

    @Option(
            names = "--pictures",
            paramLabel = "PATH",
            description = "A JPEG file, or a folder of *.jpg that frames take in turns.")
    @Nullable Path pictures;

    @Option(
            names = "--cameras",
            defaultValue = "16",
            paramLabel = "N",
            description = "Cameras, to which frames belong in turns (default: ${DEFAULT-VALUE}).")
    int cameras;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "N",
            description = "Partitions of each topic (default: ${DEFAULT-VALUE}).")
    int partitions;

    @Option(
            names = "--parallelism",
            defaultValue = "1",
            paramLabel = "N",
            description = "Subtasks of each operator (default: ${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Runs of each delivery guarantee, behind those to warm up (default:"
                            + " ${DEFAULT-VALUE}).")
    int repetitions;

    @Option(
            names = "--warm-up-runs",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Runs of each delivery guarantee that are not counted (default:"
                            + " ${DEFAULT-VALUE}).")
    int warmUpRuns;

    @Option(
            names = "--guarantees",
            split = ",",
            defaultValue = "at-least-once,exactly-once",
            paramLabel = "GUARANTEE",
            description = "Delivery guarantees to measure (default: ${DEFAULT-VALUE}).")
    List<String> guarantees = List.of();

    @Option(
            names = "--live",
            split = ",",
            paramLabel = "LOAD",
            description =
                    "Also measure latency while frames are published at this part of the first"
                            + " guarantee's throughput, such as 0.5,0.9.")
    List<Double> liveLoads = List.of();

    @Option(
            names = "--live-seconds",
            defaultValue = "30",
            paramLabel = "N",
            description =
                    "Length of such a run, behind ten seconds to warm up (default:"
                            + " ${DEFAULT-VALUE}).")
    int liveSeconds;

    @Option(
            names = "--publishers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Producers that share the cameras (default: ${DEFAULT-VALUE}).")
    int publishers;

    @Option(
            names = "--work",
            defaultValue = "${sys:java.io.tmpdir}",
            paramLabel = "DIR",
            description = "Where the broker's log lies meanwhile (default: ${DEFAULT-VALUE}).")
    Path work = Path.of(".");

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "JSON file for the report; it goes to standard output in any case.")
    @Nullable Path output;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of the job. With model.file, the pipeline of that model is measured;"
                            + " without, one that returns at once.")
    Map<String, String> settings = new TreeMap<>();

    @Option(
            names = "--compare",
            paramLabel = "KEY=VALUE",
            description =
                    "Another option of the job. Each repetition then measures a run without all of"
                            + " these and one with them, every other repetition the other way"
                            + " round.")
    Map<String, String> compared = new TreeMap<>();
}

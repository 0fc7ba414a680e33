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
package io.frameflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.frameflow.benchmark.StreamBenchmark;
import io.frameflow.job.testing.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames of 1920 x 1080 pixels in batches of 32 need no more than 512 MiB of heap, the whole job
 * with ONNX Runtime, Kafka's clients and a JobManager in one process.
 */
@Timeout(400)
class TaskManagerHeapITCase {
    private static final int FRAMES = 224;

    @TempDir Path folder;

    @Test
    void isEnoughForTheDemosModel() throws Exception {
        assertRuns(Path.of("..", "deploy", "demo", "model.yaml"), List.of());
    }

    @Test
    void isEnoughForYolo() throws Exception {
        String data = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeThat(data).as("FRAMEFLOW_REFERENCE_DATA").isNotBlank();
        Path onnx = Path.of(data, "models", "yolov5n_640_dynbatch.onnx");
        assumeThat(onnx).exists();

        assertRuns(
                Path.of("..", "deploy", "models", "yolov5.yaml"),
                List.of("--option", "model.onnx=" + onnx));
    }

    private void assertRuns(Path model, List<String> more) throws Exception {
        byte[] jpeg = TestPictures.jpeg(1920, 1080);
        Path picture = Files.write(folder.resolve("1080p.jpg"), jpeg);
        Path report = folder.resolve("report.json");
        Path output = folder.resolve("output.txt");
        Stream<String> command =
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        StreamBenchmark.class.getName(),
                        "--frames=" + FRAMES,
                        "--pictures=" + picture,
                        "--repetitions=1",
                        "--warm-up-runs=0",
                        "--guarantees=at-least-once",
                        "--option=model.file=" + model,
                        "--option=model.engine=onnxruntime",
                        "--option=inference.batch-size=32",
                        // A checkpoint sends a batch that is not full.
                        "--option=checkpoints.interval=1 min",
                        "--work=" + folder,
                        "--output=" + report);
        Process process =
                new ProcessBuilder(Stream.concat(command, more.stream()).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            assertThat(number(report, "frames_per_batch")).isGreaterThan(20);
            System.out.printf(
                    "%s: %.0f MiB of heap in use at most, %d bytes a picture%n",
                    model, number(report, "peak_live_heap_mib"), jpeg.length);
        } finally {
            process.destroy();
        }
    }

    private static double number(Path json, String field) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            while (parser.nextToken() != null) {
                if (field.equals(parser.currentName()) && parser.currentToken().isNumeric()) {
                    return parser.getDoubleValue();
                }
            }
        }
        throw new IOException("no " + field + " in " + json);
    }
}

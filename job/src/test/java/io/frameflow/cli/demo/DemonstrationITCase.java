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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.Pace;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationITCase {
    private static final Path FILES = Path.of("../deploy/demo");
    private static final int FRAMES = 15;

    @Test
    void bringsEveryFrameThroughKafkaAndTheJob(@TempDir Path output) throws Exception {
        List<String> steps = new ArrayList<>();

        DemoReport report =
                new Demonstration(plan(Pace.UNLIMITED, true, output), steps::add)
                        .run(StopSignal.manual(), progress -> {});

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(report.framesIn()).isEqualTo(2 * FRAMES);
        assertThat(report.objects()).isGreaterThan(2 * FRAMES);
        assertThat(report.tracks()).isPositive();
        assertThat(report.latencyMillis()).containsOnlyKeys(50, 95, 99);
        assertThat(steps).isNotEmpty();
        assertThat(Files.readAllLines(report.files().get("detections"))).hasSize(2 * FRAMES);
        assertThat(countFrames(report.files().get("annotated video"))).isEqualTo(FRAMES);
        assertThat(report.files().get("annotated picture")).isNotEmptyFile();
        assertThat(trackingFacts(report))
                .as("the same clips at another pace")
                .isEqualTo(trackingFacts(runAtAnotherPace(output.resolve("second"))));
    }

    private static DemoReport runAtAnotherPace(Path output) throws Exception {
        return new Demonstration(plan(Pace.RECORDED, false, output), step -> {})
                .run(StopSignal.manual(), progress -> {});
    }

    private static DemoPlan plan(Pace pace, boolean waitsForResults, Path output)
            throws IOException {
        return new DemoPlan(
                FILES.resolve("model.yaml"),
                DemoPlan.clipsOf(FILES.resolve("clips"), 2),
                FRAMES,
                pace,
                waitsForResults,
                output);
    }

    /** What trackers go by, and what they made of it, frame by frame. */
    private static List<String> trackingFacts(DemoReport report) throws IOException {
        List<String> facts = new ArrayList<>();
        long start = 0;
        for (String line : Files.readAllLines(report.files().get("detections"))) {
            long time = Long.parseLong(field(line, "capture_time_us\":([0-9]+)"));
            start = start == 0 ? time : start;
            facts.add(
                    String.join(
                            " ",
                            field(line, "camera_id\":\"([^\"]+)"),
                            field(line, "sequence\":([0-9]+)"),
                            Long.toString(time - start),
                            field(line, "objects\":(.*),\"tensors")));
        }
        return facts;
    }

    private static String field(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        assertThat(matcher.find()).as(pattern + " in " + json).isTrue();
        return matcher.group(1);
    }

    private static int countFrames(Path video) throws IOException {
        int count = 0;
        try (VideoReader reader = VideoReader.open(video.toString(), ImageEncoding.GRAY8, null)) {
            while (reader.read() != null) {
                count++;
            }
        }
        return count;
    }
}

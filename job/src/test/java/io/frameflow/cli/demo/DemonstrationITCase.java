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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationITCase {
    private static final Path FILES = Path.of("../deploy/demo");
    private static final int FRAMES = 15;

    @Test
    void bringsEveryFrameThroughKafkaAndTheJob(@TempDir Path output) throws Exception {
        DemoPlan plan =
                new DemoPlan(
                        FILES.resolve("model.yaml"),
                        DemoPlan.clipsOf(FILES.resolve("clips"), 2),
                        FRAMES,
                        Pace.UNLIMITED,
                        output);
        List<String> steps = new ArrayList<>();

        DemoReport report =
                new Demonstration(plan, steps::add).run(StopSignal.manual(), progress -> {});

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(report.framesIn()).isEqualTo(2 * FRAMES);
        assertThat(report.objects()).isGreaterThan(2 * FRAMES);
        assertThat(report.tracks()).isPositive();
        assertThat(report.latencyMillis()).containsOnlyKeys(50, 95, 99);
        assertThat(steps).isNotEmpty();
        assertThat(Files.readAllLines(report.files().get("detections"))).hasSize(2 * FRAMES);
        assertThat(countFrames(report.files().get("annotated video"))).isEqualTo(FRAMES);
        assertThat(report.files().get("annotated picture")).isNotEmptyFile();
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

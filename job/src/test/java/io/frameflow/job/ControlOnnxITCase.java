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

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import io.frameflow.job.testing.ControlChanges;
import io.frameflow.job.testing.ControlUnderLoad;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.ObjectsByThresholds;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.SteadyLoad;
import io.frameflow.job.testing.SwappableModels;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes settings and models of a job that examines pictures on the CPU. */
@ExtendWith(KafkaBrokerExtension.class)
class ControlOnnxITCase {
    private static final Path DEMO = Path.of("..", "deploy", "demo");
    private static final int MODELS = 4;

    @TempDir Path folder;

    @Test
    void everyFrameHasOneRecordWithTheSettingsAndTheModelInForce(KafkaBroker broker)
            throws Exception {
        SwappableModels models =
                SwappableModels.write(
                        folder, DEMO.resolve("model.yaml"), DEMO.resolve("detector.onnx"), MODELS);
        // No more than two cores examine easily.
        SteadyLoad.Frames load = SteadyLoad.Frames.of(Duration.ofMillis(200), pictures());
        Outcome outcome;
        try (JobCluster cluster = JobCluster.start(2)) {
            outcome =
                    new ControlUnderLoad(cluster, broker, MODELS, models::file, load)
                            .run(
                                    Map.of(
                                            "model.file", models.file(-1),
                                            "model.engine", "onnxruntime",
                                            "inference.batch-size", "4"),
                                    settings ->
                                            new ModelPipelineFactory(
                                                    settings.inference().pipeline()));
        }

        assertThat(outcome.deadLetters()).isEmpty();
        ObjectsByThresholds.assertKept(outcome.detections());
    }

    /** A picture of the clip for each camera. */
    private static Map<String, byte[]> pictures() throws IOException {
        Map<String, byte[]> pictures = new HashMap<>();
        String clip = DEMO.resolve(Path.of("clips", "avenue.mp4")).toString();
        try (VideoReader reader = VideoReader.open(clip, ImageEncoding.BGR8, null);
                PictureCompressor jpeg = PictureCompressor.jpeg(90)) {
            for (String camera : ControlChanges.CAMERAS) {
                pictures.put(camera, jpeg.compress(reader.read()));
            }
        }
        return pictures;
    }
}

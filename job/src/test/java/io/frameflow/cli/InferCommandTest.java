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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferCommandTest {
    private static final Path DEMO = Path.of("../deploy/demo");
    private static final String MODEL = DEMO.resolve("model.yaml").toString();

    @TempDir static Path folder;
    private static Path street;

    @BeforeAll
    static void takePictureOfTheDemo() throws IOException {
        street = folder.resolve("street.png");
        String clip = DEMO.resolve("clips/crossing.mp4").toString();
        try (VideoReader reader = VideoReader.open(clip, ImageEncoding.BGR8, null);
                PictureCompressor png = PictureCompressor.png()) {
            Files.write(street, png.compress(reader.read()));
        }
    }

    @Test
    void printsALineForEachPicture() {
        CommandResult result =
                CommandResult.run("infer", "--model", MODEL, street.toString(), folder.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).hasLineCount(1).contains("no GPU is used", "CPU");
        assertThat(result.lines()).hasSize(2);
        assertThat(result.lines().get(0))
                .isEqualTo(result.lines().get(1))
                .startsWith("{\"image\":\"" + street + "\",\"width\":960,\"height\":540,")
                .contains("\"detections\":[{\"class_id\":", "\"label\":\"", "\"box\":[")
                .endsWith("\"keypoints\":[]}]}");
    }

    @Test
    void goesOnAfterABadPictureAndFails(@TempDir Path bad) throws IOException {
        Path truncated = bad.resolve("truncated.png");
        byte[] bytes = Files.readAllBytes(street);
        Files.write(truncated, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        CommandResult result =
                CommandResult.run(
                        "infer",
                        "--model",
                        MODEL,
                        "--engine=onnxruntime",
                        truncated.toString(),
                        street.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(1);
        assertThat(result.err())
                .contains("truncated.png", "TRUNCATED_IMAGE")
                .contains("1 of 2 pictures could not be examined");
    }

    @Test
    void saysWhatIsWrongWithTheModelFile(@TempDir Path models) throws IOException {
        Path model = Files.writeString(models.resolve("model.yaml"), "name: x\nfamiliy: yolov8\n");

        CommandResult result = CommandResult.run("infer", "--model=" + model, street.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("familiy", "family").doesNotContain("internal error");
    }

    @Test
    void refusesUnknownEngines() {
        CommandResult result =
                CommandResult.run("infer", "--model=" + MODEL, "--engine=cuda", street.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'cuda'", "onnxruntime");
    }

    @Test
    void saysThatAPictureIsMissing() {
        CommandResult result = CommandResult.run("infer", "--model=" + MODEL, "/no/such.jpg");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("there is no file or folder /no/such.jpg");
    }
}

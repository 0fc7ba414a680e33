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

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the CPU, where a network is compared with itself. */
class EvaluateAccuracyCommandTest {
    @TempDir private Path folder;
    private Path model;
    private Path picture;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("identity.onnx"), IdentityNetwork.bytes(8, 8));
        model =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: strongest
                        task: segmentation
                        family: segmentation
                        onnx: identity.onnx
                        input: {width: 8, height: 8, maintain-aspect-ratio: false}
                        """);
        picture = folder.resolve("red.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    }

    private CommandResult evaluate(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "accuracy",
                                "--model=" + model,
                                "--engine=onnxruntime",
                                picture.toString()));
        arguments.addAll(List.of(more));
        return CommandResult.run(arguments.toArray(String[]::new));
    }

    @Test
    void aNetworkLosesNothingAgainstItself() {
        CommandResult result = evaluate("--table");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.lines())
                .anyMatch(line -> line.matches("metric +fwIoU"))
                .anyMatch(line -> line.matches("loss +0\\.000"))
                .anyMatch(line -> line.matches("equalPixels +100\\.000"));
        assertThat(result.err()).contains("measuring on 1 pictures");
    }

    @Test
    void refusesPicturesThatTookPartInTheCalibration() throws IOException {
        Path cache = Files.writeString(folder.resolve("scales.cache"), "TRT-100600-x\n");
        Files.writeString(
                folder.resolve("scales.cache.json"),
                """
                {"format": 1, "network_sha256": "", "preprocessing": "", "held_back": 0,
                 "picture_sha256": ["%s"]}
                """
                        .formatted(io.frameflow.engine.tensorrt.Sha256.of(picture)));

        CommandResult refused = evaluate("--calibration-cache=" + cache);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("all 1 pictures took part");
    }
}

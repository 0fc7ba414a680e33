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

import io.frameflow.cli.picture.ClassMapFile;
import io.frameflow.result.ClassMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network that gives its input back is a segmentation of three classes: every pixel is of the
 * colour that is strongest in it.
 */
class InferSegmentationTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    @TempDir static Path folder;
    private static Path model;
    private static Path picture;

    @BeforeAll
    static void makeNetworkAndPicture() throws IOException {
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
                        labels: [red, green, blue]
                        colors: ["#ff0000", "#00ff00", "#0000ff"]
                        output-tensors: [output]
                        """);
        BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 16; x++) {
            for (int y = 0; y < 8; y++) {
                image.setRGB(x, y, x < 8 ? RED : BLUE);
            }
        }
        picture = folder.resolve("flag.png");
        ImageIO.write(image, "png", picture.toFile());
    }

    @Test
    void writesMasksOfTheFramesSize() throws IOException {
        Path masks = folder.resolve("masks");
        Path colored = folder.resolve("colored");

        CommandResult result =
                CommandResult.run(
                        "infer",
                        "--model=" + model,
                        "--engine=onnxruntime",
                        "--masks=" + masks,
                        "--colored-masks=" + colored,
                        picture.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("\"detections\":[]")
                .contains("\"segmentation\":{\"width\":16,\"height\":8,\"classes\":[")
                .contains("{\"class_id\":0,\"label\":\"red\",\"pixels\":64}")
                .contains("{\"class_id\":2,\"label\":\"blue\",\"pixels\":64}")
                .contains("\"tensors\":[{\"name\":\"output\",\"data_type\":\"float32\"")
                .contains("\"shape\":[3,8,8],\"data\":\"");
        ClassMap map = ClassMapFile.read(masks.resolve("flag.png"));
        assertThat(map.width()).isEqualTo(16);
        assertThat(map.height()).isEqualTo(8);
        assertThat(map.pixelCounts()[2]).isEqualTo(64);
        BufferedImage grey = ImageIO.read(masks.resolve("flag.png").toFile());
        assertThat(grey.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(grey.getRaster().getSample(15, 7, 0)).isEqualTo(2);
        BufferedImage palette = ImageIO.read(colored.resolve("flag.png").toFile());
        assertThat(palette.getRGB(0, 0) & 0xffffff).isEqualTo(RED);
        assertThat(palette.getRGB(15, 7) & 0xffffff).isEqualTo(BLUE);
    }

    @Test
    void refusesToWriteOneMaskOverAnother() {
        CommandResult result =
                CommandResult.run(
                        "infer",
                        "--model=" + model,
                        "--engine=onnxruntime",
                        "--masks=" + folder.resolve("twice"),
                        picture.toString(),
                        picture.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("would both be written as flag.png");
    }

    @Test
    void saysThatADetectorHasNoMasks() {
        CommandResult result =
                CommandResult.run(
                        "infer",
                        "--model=../deploy/demo/model.yaml",
                        "--engine=onnxruntime",
                        "--masks=" + folder.resolve("none"),
                        picture.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("gives no class of every pixel", "segmentation");
    }
}

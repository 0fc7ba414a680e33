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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that give their input back, one with the colours the other way round. */
class EvaluateAgreementCommandTest {
    private static final String MODEL =
            """
            name: strongest
            task: segmentation
            family: segmentation
            onnx: identity.onnx
            input: {width: 8, height: 8, maintain-aspect-ratio: false, model-color-format: %s}
            """;

    @TempDir static Path folder;
    private static Path model;
    private static Path other;
    private static Path picture;

    @BeforeAll
    static void makeModelsAndPicture() throws IOException {
        Files.write(folder.resolve("identity.onnx"), IdentityNetwork.bytes(8, 8));
        model = Files.writeString(folder.resolve("rgb.yaml"), MODEL.formatted("rgb"));
        other = Files.writeString(folder.resolve("bgr.yaml"), MODEL.formatted("bgr"));
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            // A quarter is red, the rest is green, which both networks call the second class.
            image.setRGB(i % 8, i / 8, i < 16 ? 0xff0000 : 0x00ff00);
        }
        picture = folder.resolve("flag.png");
        ImageIO.write(image, "png", picture.toFile());
    }

    private static CommandResult evaluate(String... more) {
        String[] arguments = {
            "evaluate", "agreement", "--model=" + model, "--engine=onnxruntime", picture.toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandResult.run(all);
    }

    @Test
    void comparesTwoModels() {
        CommandResult result =
                evaluate("--other-model=" + other, "--other-engine=onnxruntime", "--table");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.lines()).anyMatch(line -> line.matches("equalPixels +75\\.000"));
    }

    @Test
    void refusesToCompareAModelWithItself() {
        CommandResult result = evaluate("--other-engine=onnxruntime");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("both sides are the same");
    }
}

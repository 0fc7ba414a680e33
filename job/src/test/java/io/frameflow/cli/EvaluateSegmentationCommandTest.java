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
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each case is small enough to be reckoned by hand. */
class EvaluateSegmentationCommandTest {
    private static final int ROAD = 0;
    private static final int SIDEWALK = 1;
    private static final int CAR = 13;
    private static final int VOID = 19;

    @TempDir private Path folder;

    private Path write(String name, int... classIds) throws IOException {
        byte[] bytes = new byte[classIds.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) classIds[i];
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ClassMapFile.write(ClassMap.of(bytes.length, 1, bytes), file);
        return file;
    }

    private static CommandResult evaluate(Path truth, Path results) {
        return CommandResult.run(
                "evaluate", "segmentation", "--truth=" + truth, "--results=" + results);
    }

    @Test
    void sharesAreOfIntersectionAndUnion() throws IOException {
        Path truth = write("truth.png", ROAD, ROAD, ROAD, SIDEWALK, CAR, CAR);
        Path result = write("result.png", ROAD, ROAD, SIDEWALK, SIDEWALK, CAR, ROAD);

        CommandResult figures = evaluate(truth, result);

        assertThat(figures.exitCode()).isZero();
        // Road: 2 of 4; sidewalk: 1 of 2; car: 1 of 2. Flat: 4 of 5; vehicle: 1 of 2.
        assertThat(figures.out())
                .contains("\"averageScoreClasses\" : 50.00000")
                .contains("\"averageScoreCategories\" : 65.00000")
                .contains("\"road\" : 50.00000", "\"car\" : 50.00000", "\"flat\" : 80.00000")
                .contains("\"sky\" : null", "\"pictures\" : 1", "\"judgedPixels\" : 6");
    }

    @Test
    void pixelsThatAreNotJudgedDoNotCountButAreMissedIfGuessed() throws IOException {
        Path truth = write("truth.png", 255, VOID, ROAD, ROAD);
        Path result = write("result.png", ROAD, CAR, ROAD, VOID);

        // Neither the car nor the first road is a mistake; of the road one pixel is missed.
        assertThat(evaluate(truth, result).out())
                .contains("\"road\" : 50.00000", "\"car\" : null", "\"judgedPixels\" : 2");
    }

    @Test
    void foldersAreMatchedByCitySequenceAndFrame() throws IOException {
        write("truth/aachen/aachen_000000_000019_gtFine_labelIds.png", 7, 8);
        write("truth/aachen/aachen_000000_000019_gtFine_instanceIds.png", 1, 1);
        write("truth/ulm/ulm_000001_000019_gtFine_labelIds.png", 26, 1);
        write("results/aachen_000000_000019_leftImg8bit.png", ROAD, SIDEWALK);
        write("results/ulm_000001_000019_leftImg8bit.png", CAR, ROAD);

        CommandResult figures = evaluate(folder.resolve("truth"), folder.resolve("results"));

        assertThat(figures.exitCode()).isZero();
        assertThat(figures.out())
                .contains("\"averageScoreClasses\" : 100.00000", "\"pictures\" : 2")
                .contains("\"judgedPixels\" : 3");
    }

    @Test
    void aTableIsForPeople() throws IOException {
        Path file = write("truth.png", ROAD);

        CommandResult result =
                CommandResult.run(
                        "evaluate",
                        "segmentation",
                        "--truth=" + file,
                        "--results=" + file,
                        "--table");

        List<String> lines = result.lines();
        assertThat(lines.get(0)).matches("averageScoreClasses +100\\.000");
        assertThat(lines).anyMatch(line -> line.matches(" {2}sky +-"));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path truth = write("truth/a.png", ROAD, ROAD);
        Path shorter = write("other/a.png", ROAD);
        write("elsewhere/b.png", ROAD);
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Path colored = folder.resolve("colored.png");
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", colored.toFile());

        assertFails(evaluate(truth, shorter), "2 x 1 pixels", "1 x 1");
        assertFails(
                evaluate(truth.resolveSibling(""), folder.resolve("elsewhere")), "expected a.png");
        assertFails(evaluate(truth, text), "text.png is no class map");
        assertFails(evaluate(truth, colored), "colored.png is no class map");
        assertFails(evaluate(truth, folder.resolve("none.png")), "there is no file");
        Path unjudged = write("unjudged.png", 255, 255);
        assertFails(evaluate(unjudged, truth), "no pixel of");
    }

    private static void assertFails(CommandResult result, String... words) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(words).doesNotContain("internal error");
    }
}

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
package io.frameflow.postprocess.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.result.ClassMap;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationPostprocessorTest {
    private static final Scaling STRETCHED = new Scaling(false, true, true);

    private static byte[] classIds(
            SegmentationOutput shape, Letterbox letterbox, int image, float... logits) {
        ClassMap map =
                new SegmentationPostprocessor(shape)
                        .process(
                                List.of(FloatBuffer.wrap(logits)),
                                image,
                                letterbox,
                                DetectionThresholds.DEFAULT)
                        .classMap()
                        .orElseThrow();
        assertThat(map.width()).isEqualTo(letterbox.sourceWidth());
        assertThat(map.height()).isEqualTo(letterbox.sourceHeight());
        return map.classIds();
    }

    @Test
    void takesTheGreatestAndOfEqualOnesTheFirst() {
        Letterbox same = Letterbox.of(STRETCHED, 2, 2, 2, 2);

        byte[] found =
                classIds(
                        new SegmentationOutput(3, 2, 2),
                        same,
                        0,
                        new float[] {1, 0, -5, 2, 0, 3, -4, 2, 0, 3, -3, 2});

        assertThat(found).containsExactly(0, 1, 2, 0);
    }

    @Test
    void readsTheImageThatItIsAskedFor() {
        Letterbox same = Letterbox.of(STRETCHED, 1, 1, 1, 1);
        SegmentationOutput shape = new SegmentationOutput(2, 1, 1);

        assertThat(classIds(shape, same, 0, 1, 0, 0, 1)).containsExactly(0);
        assertThat(classIds(shape, same, 1, 1, 0, 0, 1)).containsExactly(1);
    }

    @Test
    void drawsOutlinesBetweenCells() {
        // Two cells over eight pixels: centres at 1.5 and 5.5. The logits are equal where the
        // second cell weighs a quarter, 2.5; pixels 0 to 2 lie before it.
        Letterbox wide = Letterbox.of(STRETCHED, 8, 1, 4, 4);

        byte[] found = classIds(new SegmentationOutput(2, 1, 2), wide, 0, 1, 1, 0, 4);

        assertThat(found).containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void leavesThePaddingOut() {
        // 4 x 2 in 4 x 4: a row of padding above and below, where the network sees class 1.
        Letterbox letterbox = Letterbox.of(Scaling.CENTERED, 8, 4, 4, 4);
        float[] logits = new float[2 * 4 * 4];
        for (int cell = 0; cell < 16; cell++) {
            boolean padding = cell < 4 || cell >= 12;
            logits[cell] = padding ? -100 : 1;
            logits[16 + cell] = padding ? 100 : 0;
        }

        assertThat(classIds(new SegmentationOutput(2, 4, 4), letterbox, 0, logits)).containsOnly(0);
    }

    /** Against the definition in double precision; equal but for pixels between two classes. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, 32, 32, true", "31, 33, 32, 32, 32, 32, true",
        "64, 48, 32, 64, 16, 8, true", "97, 61, 64, 32, 8, 4, false",
        "33, 200, 64, 64, 64, 64, true", "100, 75, 96, 96, 13, 11, false"
    })
    void interpolatesBilinearly(
            int width,
            int height,
            int inputWidth,
            int inputHeight,
            int gridWidth,
            int gridHeight,
            boolean letterboxed) {
        Scaling scaling = letterboxed ? Scaling.CENTERED : STRETCHED;
        Letterbox letterbox = Letterbox.of(scaling, width, height, inputWidth, inputHeight);
        SegmentationOutput shape = new SegmentationOutput(5, gridHeight, gridWidth);
        float[] logits = new float[5 * gridHeight * gridWidth];
        Random random = new Random(width);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }

        byte[] found = classIds(shape, letterbox, 0, logits);

        int different = 0;
        for (int pixel = 0; pixel < found.length; pixel++) {
            int x = pixel % width;
            int y = pixel / width;
            different += found[pixel] == expected(shape, letterbox, logits, x, y) ? 0 : 1;
        }
        assertThat(different).isLessThanOrEqualTo(found.length / 1000);
    }

    private static int expected(
            SegmentationOutput shape, Letterbox letterbox, float[] logits, int x, int y) {
        double inputX =
                (x + 0.5) * letterbox.resizedWidth() / letterbox.sourceWidth()
                        + letterbox.padLeft();
        double inputY =
                (y + 0.5) * letterbox.resizedHeight() / letterbox.sourceHeight()
                        + letterbox.padTop();
        double column = inputX * shape.width() / letterbox.inputWidth() - 0.5;
        double row = inputY * shape.height() / letterbox.inputHeight() - 0.5;
        double cellWidth = (double) letterbox.inputWidth() / shape.width();
        double cellHeight = (double) letterbox.inputHeight() / shape.height();
        int best = 0;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int classId = 0; classId < shape.classes(); classId++) {
            double value = 0;
            for (int tap = 0; tap < 4; tap++) {
                int cellX = (int) Math.floor(column) + tap % 2;
                int cellY = (int) Math.floor(row) + tap / 2;
                double weight = (1 - Math.abs(column - cellX)) * (1 - Math.abs(row - cellY));
                int left = (int) Math.floor(letterbox.padLeft() / cellWidth);
                int top = (int) Math.floor(letterbox.padTop() / cellHeight);
                int right = letterbox.inputWidth() - letterbox.padRight();
                int bottom = letterbox.inputHeight() - letterbox.padBottom();
                int last = (int) Math.ceil(right / cellWidth) - 1;
                int lowest = (int) Math.ceil(bottom / cellHeight) - 1;
                int inX = Math.max(left, Math.min(last, cellX));
                int inY = Math.max(top, Math.min(lowest, cellY));
                value += weight * logits[(classId * shape.height() + inY) * shape.width() + inX];
            }
            if (value > bestValue) {
                bestValue = value;
                best = classId;
            }
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesLogitsThatAreNotFinite(float value) {
        Letterbox same = Letterbox.of(STRETCHED, 2, 1, 2, 1);
        SegmentationOutput shape = new SegmentationOutput(2, 1, 2);

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> classIds(shape, same, 0, 0, value, 1, 1))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.NON_FINITE_OUTPUT));
        assertThat(classIds(shape, same, 1, 0, value, 1, 1, 0, 1, 1, 0)).containsExactly(1, 0);
    }
}

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
package io.frameflow.postprocess.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ClassRules;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.ObjectLimits;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.model.Task;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both layouts on the same candidates: two images of five candidates and three classes. */
class YoloPostprocessorTest {
    private static final int ANCHORS = 5;
    private static final int CLASSES = 3;
    private static final Letterbox SAME = Letterbox.of(Scaling.CENTERED, 100, 100, 100, 100);
    private static final DetectionThresholds THRESHOLDS =
            new DetectionThresholds(0.25f, 0.45f, 10, false, ClassRules.NONE);

    /** Candidates as {@code x, y, width, height, score of each class}, in each image. */
    private final float[][][] images = new float[2][ANCHORS][4 + CLASSES];

    private static TensorInfo tensor(Integer... shape) {
        return new TensorInfo("output0", ElementType.FLOAT32, List.of(shape));
    }

    private static ModelFile model(Family family, String... labels) {
        InputSpec input =
                new InputSpec(100, 100, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
        return new ModelFile(
                "test",
                Optional.empty(),
                Task.DETECTION,
                family,
                Path.of("test.onnx"),
                input,
                THRESHOLDS,
                HeadOptions.DEFAULT,
                List.of(labels),
                List.of(),
                List.of(),
                List.of(),
                OnnxRuntimeOptions.DEFAULT);
    }

    private static Postprocessor postprocessor(ModelFile model, TensorInfo... outputs) {
        NetworkSignature signature =
                new NetworkSignature(
                        tensor(TensorInfo.DYNAMIC, 3, 100, 100), List.of(outputs), BatchRange.ANY);
        return YoloPostprocessors.decoded(model, signature);
    }

    private static Postprocessor postprocessor(Family family) {
        ModelFile model = model(family, "a", "b", "c");
        return family == Family.YOLOV5
                ? postprocessor(model, tensor(-1, ANCHORS, 5 + CLASSES))
                : postprocessor(model, tensor(-1, 4 + CLASSES, ANCHORS));
    }

    private void candidate(int image, int anchor, float... numbers) {
        images[image][anchor] = Arrays.copyOf(numbers, 4 + CLASSES);
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The candidates in a family's layout; objectness 1 where there is one. */
    private List<FloatBuffer> output(Family family) {
        FloatBuffer buffer = direct(images.length * ANCHORS * (5 + CLASSES));
        for (float[][] image : images) {
            if (family == Family.YOLOV5) {
                for (float[] row : image) {
                    buffer.put(row, 0, 4).put(1).put(row, 4, CLASSES);
                }
            } else {
                for (int channel = 0; channel < 4 + CLASSES; channel++) {
                    for (float[] row : image) {
                        buffer.put(row[channel]);
                    }
                }
            }
        }
        return List.of(buffer);
    }

    private Detections process(Family family, int image) {
        return postprocessor(family).process(output(family), image, SAME, THRESHOLDS).detections();
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void findsNothingInZeros(Family family) {
        assertThat(process(family, 0).count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void readsTheImageThatIsAsked(Family family) {
        candidate(0, 1, 50, 40, 20, 10, 0.1f, 0.2f, 0.9f);
        candidate(1, 4, 10, 10, 6, 8, 0.5f, 0.2f, 0.1f);

        Detections first = process(family, 0);
        Detections second = process(family, 1);

        assertThat(first.boxes()).containsExactly(40, 35, 20, 10);
        assertThat(first.scores()).containsExactly(0.9f);
        assertThat(first.classIds()).containsExactly(2);
        assertThat(second.boxes()).containsExactly(7, 6, 6, 8);
        assertThat(second.scores()).containsExactly(0.5f);
        assertThat(second.classIds()).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void ordersByScoreAndThenByPlace(Family family) {
        candidate(0, 0, 10, 10, 5, 5, 0.4f);
        candidate(0, 1, 30, 10, 5, 5, 0.8f);
        candidate(0, 2, 50, 10, 5, 5, 0.4f);
        candidate(0, 3, 70, 10, 5, 5, 0.9f);

        assertThat(process(family, 0).boxes())
                .containsExactly(
                        67.5f, 7.5f, 5, 5, 27.5f, 7.5f, 5, 5, 7.5f, 7.5f, 5, 5, 47.5f, 7.5f, 5, 5);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void takesScoresAboveTheThresholdOnly(Family family) {
        candidate(0, 0, 10, 10, 5, 5, 0.25f);
        candidate(0, 1, 30, 10, 5, 5, Math.nextUp(0.25f));

        assertThat(process(family, 0).scores()).containsExactly(Math.nextUp(0.25f));
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void takesTheFirstOfEqualClasses(Family family) {
        candidate(0, 0, 10, 10, 5, 5, 0.1f, 0.7f, 0.7f);

        assertThat(process(family, 0).classIds()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void suppressesByClassOrOverAll(Family family) {
        candidate(0, 0, 50, 50, 20, 20, 0.9f);
        candidate(0, 1, 50, 50, 20, 20, 0, 0.8f);
        candidate(0, 2, 51, 50, 20, 20, 0.7f);
        DetectionThresholds agnostic =
                new DetectionThresholds(0.25f, 0.45f, 10, true, ClassRules.NONE);
        Postprocessor postprocessor = postprocessor(family);

        assertThat(
                        postprocessor
                                .process(output(family), 0, SAME, THRESHOLDS)
                                .detections()
                                .classIds())
                .containsExactly(0, 1);
        assertThat(postprocessor.process(output(family), 0, SAME, agnostic).detections().classIds())
                .containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void keepsTheBestOnes(Family family) {
        for (int i = 0; i < ANCHORS; i++) {
            candidate(0, i, 10 + 20 * i, 10, 5, 5, 0.5f + 0.1f * i);
        }
        DetectionThresholds two = new DetectionThresholds(0.25f, 0.45f, 2, false, ClassRules.NONE);

        assertThat(
                        postprocessor(family)
                                .process(output(family), 0, SAME, two)
                                .detections()
                                .scores())
                .containsExactly(0.9f, 0.8f);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void givesBoxesInSourcePixelsWithinTheFrame(Family family) {
        Letterbox wide = Letterbox.of(Scaling.CENTERED, 200, 100, 100, 100);
        candidate(0, 0, 10, 30, 40, 20, 0.9f); // beyond the left side and above the frame
        candidate(0, 1, 70, 60, 10, 10, 0.8f);

        Detections found =
                postprocessor(family).process(output(family), 0, wide, THRESHOLDS).detections();

        assertThat(found.boxes()).containsExactly(0, 0, 60, 30, 130, 60, 20, 20);
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void leavesOutWhatLiesInThePadding(Family family) {
        Letterbox wide = Letterbox.of(Scaling.CENTERED, 200, 100, 100, 100);
        candidate(0, 0, 50, 10, 20, 20, 0.9f);
        candidate(0, 1, 50, 50, 0, 20, 0.9f); // no area at all

        assertThat(
                        postprocessor(family)
                                .process(output(family), 0, wide, THRESHOLDS)
                                .detections()
                                .count())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // channel of the candidate, value
        "YOLOV5, 0, NaN",
        "YOLOV5, 3, Infinity",
        "YOLOV5, 4, NaN",
        "YOLOV5, 5, NaN",
        "YOLOV5, 6, Infinity",
        "YOLOV8, 0, NaN",
        "YOLOV8, 2, -Infinity",
        "YOLOV8, 4, NaN",
        "YOLOV8, 5, NaN",
        "YOLOV8, 6, Infinity",
    })
    void rejectsTheFrameAndNoOther(Family family, int channel, float value) {
        candidate(0, 2, 50, 50, 20, 20, 0.9f, 0.3f, 0.1f);
        candidate(1, 2, 50, 50, 20, 20, 0.9f, 0.3f, 0.1f);
        images[0][2][channel] = value;
        Postprocessor postprocessor = postprocessor(family);

        FrameflowException failure =
                catchThrowableOfType(
                        FrameflowException.class,
                        () -> postprocessor.process(output(family), 0, SAME, THRESHOLDS));

        assertThat(failure.code()).isEqualTo(FailureCode.NON_FINITE_OUTPUT);
        assertThat(failure).hasMessageContaining("candidate 2");
        assertThat(postprocessor.process(output(family), 1, SAME, THRESHOLDS).detections().count())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void rejectsAnObjectnessThatIsNotFinite(float value) {
        List<FloatBuffer> output = output(Family.YOLOV5);
        output.get(0).put(3 * (5 + CLASSES) + 4, value);

        assertThatThrownBy(() -> postprocessor(Family.YOLOV5).process(output, 0, SAME, THRESHOLDS))
                .hasMessageContaining("candidate 3");
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void doesNotMindNumbersOfBoxesThatDoNotCount(Family family) {
        candidate(0, 0, Float.NaN, 0, 0, 0, 0.1f);
        candidate(0, 1, 50, 50, 10, 10, 0.5f);

        assertThat(process(family, 0).count()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        // score is objectness times class
        "0.9, 0.5, 0.45",
        "0.5, 0.5, -1",
        "0.25, 1, -1",
        "0.26, 0.99, 0.2574",
    })
    void multipliesObjectnessAndClass(float objectness, float score, float expected) {
        candidate(0, 0, 50, 50, 10, 10, score);
        List<FloatBuffer> output = output(Family.YOLOV5);
        output.get(0).put(4, objectness);

        float[] scores =
                postprocessor(Family.YOLOV5)
                        .process(output, 0, SAME, THRESHOLDS)
                        .detections()
                        .scores();

        assertThat(scores)
                .containsExactly(expected < 0 ? new float[0] : new float[] {objectness * score});
    }

    @ParameterizedTest
    @CsvSource({
        "YOLOV5, '[?, 5, 85]', 'which is 80 classes, expected for family yolov5 is one output"
                + " [batch, candidates, 5 + 3 classes]'",
        "YOLOV5, '[?, 84, 25200]', 'which is 25195 classes'",
        "YOLOV5, '[?, 5, 5]', 'its output is output0 float32[?, 5, 5], expected'",
        "YOLOV5, '[?, 40]', 'its outputs are [output0 float32[?, 40]]'",
        "YOLOV8, '[?, 84, 8400]', 'which is 80 classes, expected for family yolov8 is one output"
                + " [batch, 4 + 3 classes, candidates]'",
        "YOLOV8, '[?, 25200, 85]', 'which is 25196 classes'",
        "YOLOV8, '[?, 4, 100]', 'its output is output0 float32[?, 4, 100], expected'",
    })
    void saysWhichOutputItExpects(Family family, String shape, String expected) {
        assertUnfit(model(family, "a", "b", "c"), expected, parse(shape));
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void expectsOneOutput(Family family) {
        assertUnfit(
                model(family, "a", "b", "c"),
                "its outputs are [output0 float32[?, 5, 8], output0 float32[?, 5, 8]]",
                tensor(-1, 5, 8),
                tensor(-1, 5, 8));
    }

    @ParameterizedTest
    @CsvSource({"YOLOV5, '[?, 84, 25200]'", "YOLOV8, '[?, 25200, 85]'"})
    void noticesTheOtherLayoutWithoutLabels(Family family, String shape) {
        assertUnfit(model(family), "classes and only", parse(shape));
    }

    @ParameterizedTest
    @CsvSource({"YOLOV5, '[?, 25200, 85]'", "YOLOV8, '[?, 84, 8400]'"})
    void takesAnyNumberOfClassesWithoutLabels(Family family, String shape) {
        assertThat(postprocessor(model(family), parse(shape))).isNotNull();
    }

    private static void assertUnfit(ModelFile model, String expected, TensorInfo... outputs) {
        FrameflowException failure =
                catchThrowableOfType(FrameflowException.class, () -> postprocessor(model, outputs));
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL);
        assertThat(failure).hasMessageContaining(expected).hasMessageContaining("test.onnx");
    }

    private static TensorInfo parse(String shape) {
        return tensor(
                Arrays.stream(shape.replaceAll("[\\[\\] ]", "").split(",", -1))
                        .map(size -> size.equals("?") ? -1 : Integer.valueOf(size))
                        .toArray(Integer[]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void appliesTheRulesOfSingleClasses(Family family) {
        candidate(0, 0, 10, 10, 10, 10, 0.3f, 0, 0); // below its class's threshold
        candidate(0, 1, 30, 10, 10, 10, 0, 0.2f, 0); // above its class's, below the others'
        candidate(0, 2, 50, 10, 10, 10, 0, 0, 0.9f); // of a class that is left out
        candidate(0, 3, 70, 10, 4, 10, 0.5f, 0, 0); // too narrow
        candidate(0, 4, 90, 10, 10, 10, 0.5f, 0, 0);
        ClassRules rules =
                new ClassRules(
                        new ObjectLimits(5, 0, 0, 0, 0, 0),
                        Map.of(),
                        Map.of(0, 0.4f, 1, 0.1f),
                        Set.of(2));
        DetectionThresholds thresholds = new DetectionThresholds(0.25f, 0.45f, 10, false, rules);

        Detections found =
                postprocessor(family).process(output(family), 0, SAME, thresholds).detections();

        assertThat(found.scores()).containsExactly(0.5f, 0.2f);
        assertThat(found.boxes()).containsExactly(85, 5, 10, 10, 25, 5, 10, 10);
    }
}

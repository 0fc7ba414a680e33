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
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.reference.ReferenceData;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * YOLOv5n's real weights on the exact input pixels of bus.jpg, with the model files that come with
 * the project; output and detections as OpenCV and torchvision found them.
 */
@ExtendWith(LeakCheck.class)
class YoloReferenceTest {
    private static final String PIXELS = "expected/bus_letterbox_640x640x3_rgb_u8.raw";
    private static final String OUTPUT = "expected/bus_yolov5n_output0_1x25200x85_f32le.bin";
    private static final Path MODELS = Path.of("..", "deploy", "models");
    private static final int WIDTH = 810;
    private static final int HEIGHT = 1080;

    private static ModelFile v5() {
        return ModelFileReader.read(
                MODELS.resolve("yolov5.yaml"),
                ReferenceData.file("models/yolov5n_640_dynbatch.onnx"));
    }

    private static ModelFile v8() {
        return ModelFileReader.read(
                MODELS.resolve("yolov8.yaml"),
                ReferenceData.file("models/yolov5n_640_v8layout.onnx"));
    }

    private static OnnxRuntimeEngine open(ModelFile model) {
        return OnnxRuntimeEngine.open(model.onnx(), model.input(), model.onnxRuntime());
    }

    /** Writes the reference pixels, normalised, as one image of the input. */
    private static void fill(HostExecution execution, InputSpec input, int image)
            throws IOException {
        byte[] pixels = Files.readAllBytes(ReferenceData.file(PIXELS));
        int plane = input.width() * input.height();
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int value = Byte.toUnsignedInt(pixels[3 * i + channel]);
                execution
                        .input()
                        .put(
                                (3 * image + channel) * plane + i,
                                input.normalization().apply(channel, value));
            }
        }
    }

    private static Letterbox letterbox(ModelFile model) {
        return model.input().letterbox(WIDTH, HEIGHT);
    }

    private static void assertExpected(Detections found, float pixels, float score)
            throws IOException {
        JsonNode expected =
                ReferenceData.json("expected/yolov5n_detections.json")
                        .at("/images/bus.jpg/detections");
        assertThat(found.count()).isEqualTo(expected.size()).isEqualTo(4);
        for (int i = 0; i < found.count(); i++) {
            JsonNode box = expected.get(i).get("xyxy");
            float[] boxes = found.boxes();
            assertThat(found.classIds()[i]).isEqualTo(expected.get(i).get("cls").asInt());
            assertThat(found.scores()[i])
                    .isCloseTo((float) expected.get(i).get("score").asDouble(), within(score));
            assertThat(boxes[4 * i]).isCloseTo(number(box, 0), within(pixels));
            assertThat(boxes[4 * i + 1]).isCloseTo(number(box, 1), within(pixels));
            assertThat(boxes[4 * i] + boxes[4 * i + 2]).isCloseTo(number(box, 2), within(pixels));
            assertThat(boxes[4 * i + 1] + boxes[4 * i + 3])
                    .isCloseTo(number(box, 3), within(pixels));
        }
    }

    private static float number(JsonNode numbers, int index) {
        return (float) numbers.get(index).asDouble();
    }

    @Test
    void readsTheReferenceOutputAsTheReferenceDoes() throws IOException {
        ModelFile model = v5();
        try (OnnxRuntimeEngine engine = open(model)) {
            Detections found =
                    YoloPostprocessors.decoded(model, engine.signature())
                            .process(
                                    List.of(ReferenceData.floats(OUTPUT)),
                                    0,
                                    letterbox(model),
                                    model.thresholds())
                            .detections();

            assertExpected(found, 0.05f, 0.001f);
        }
    }

    /**
     * Coordinates reach 640 and scores 1, so that the tolerance is absolute up to 1 and relative
     * above.
     */
    @Test
    void computesTheReferenceOutput() throws IOException {
        ModelFile model = v5();
        FloatBuffer expected = ReferenceData.floats(OUTPUT);
        try (OnnxRuntimeEngine engine = open(model);
                HostExecution execution = engine.newExecution(1)) {
            fill(execution, model.input(), 0);

            execution.run(1);

            FloatBuffer output = execution.outputs().get(0);
            assertThat(output.capacity()).isEqualTo(expected.capacity());
            float worst = 0;
            for (int i = 0; i < expected.capacity(); i++) {
                float scale = Math.max(1, Math.abs(expected.get(i)));
                worst = Math.max(worst, Math.abs(output.get(i) - expected.get(i)) / scale);
            }
            assertThat(worst).isLessThan(1e-3f);
        }
    }

    @Test
    void givesAnImageTheSameBytesInEveryPlaceOfABatch() throws IOException {
        ModelFile model = v5();
        try (OnnxRuntimeEngine engine = open(model);
                HostExecution execution = engine.newExecution(3)) {
            fill(execution, model.input(), 0);
            execution.run(1);
            FloatBuffer output = execution.outputs().get(0);
            int each = engine.signature().outputs().get(0).elementsPerImage();
            float[] alone = new float[each];
            output.get(0, alone);

            fill(execution, model.input(), 2);
            execution.run(3);

            float[] inBatch = new float[each];
            output.get(2 * each, inBatch);
            assertThat(Arrays.equals(inBatch, alone)).isTrue();
        }
    }

    @Test
    void findsTheSameInBothLayouts() throws IOException {
        Detections v5 = detect(v5());
        Detections v8 = detect(v8());

        assertExpected(v5, 0.05f, 0.001f);
        assertExpected(v8, 0.05f, 0.001f);
        assertThat(v8.classIds()).containsExactly(v5.classIds());
        assertThat(v8.boxes()).containsExactly(v5.boxes(), within(1e-2f));
        assertThat(v8.scores()).containsExactly(v5.scores(), within(1e-5f));
    }

    /** The network of the second layout takes one image only, and is given two. */
    private static Detections detect(ModelFile model) throws IOException {
        try (OnnxRuntimeEngine engine = open(model);
                HostExecution execution = engine.newExecution(2)) {
            fill(execution, model.input(), 1);
            execution.run(2);
            return YoloPostprocessors.decoded(model, engine.signature())
                    .process(execution.outputs(), 1, letterbox(model), model.thresholds())
                    .detections();
        }
    }
}

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
package io.frameflow.pipeline.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.reference.ReferenceData;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From JPEG files to detections with YOLOv5n's real weights, judged by what OpenCV and torchvision
 * found in the same files.
 */
@ExtendWith(LeakCheck.class)
class YoloAccuracyTest {
    private static final float PIXELS = 1.5f;
    private static final float SCORE = 0.015f;

    /** Scores near the model's threshold could fall on either side of it. */
    private static final float CLEAR_SCORE = 0.3f;

    @ParameterizedTest
    @CsvSource({"yolov5.yaml, yolov5n_640_dynbatch.onnx", "yolov8.yaml, yolov5n_640_v8layout.onnx"})
    void findsWhatTheReferenceFound(String modelFile, String network) throws Exception {
        JsonNode expected = ReferenceData.json("expected/yolov5n_detections.json").get("images");
        var settings =
                new PipelineSettings(
                        Path.of("..", "deploy", "models", modelFile).toString(),
                        ReferenceData.file("models/" + network).toString(),
                        EngineChoice.AUTO,
                        expected.size(),
                        2,
                        DecodeLimits.DEFAULT);
        List<String> names = new ArrayList<>();
        expected.fieldNames().forEachRemaining(names::add);
        List<EncodedFrame> frames = new ArrayList<>();
        for (String name : names) {
            frames.add(frame(name, expected.get(name)));
        }

        List<FrameResult> results;
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            assertThat(pipeline.model().engine()).isEqualTo("onnxruntime");
            results = pipeline.submit(frames).get();
        }

        assertThat(names).hasSize(6);
        int compared = 0;
        for (int i = 0; i < names.size(); i++) {
            var examined = (FrameResult.Examined) results.get(i);
            compared += compare(names.get(i), expected.get(names.get(i)), examined.detections());
        }
        assertThat(compared).as("detections compared").isGreaterThan(20);
    }

    private static EncodedFrame frame(String name, JsonNode expected) throws Exception {
        String file = name.replace("coco_mmpose/", "coco-with-truth/");
        byte[] bytes = Files.readAllBytes(ReferenceData.file("images/" + file));
        return new EncodedFrame(
                "camera",
                0,
                0,
                ImageEncoding.JPEG,
                expected.get("width").asInt(),
                expected.get("height").asInt(),
                ByteBuffer.wrap(bytes));
    }

    /** Nothing is missing and nothing is invented; returns how many were expected. */
    private static int compare(String name, JsonNode expected, Detections found) {
        List<JsonNode> wanted = new ArrayList<>();
        expected.get("detections").forEach(wanted::add);
        int clear = 0;
        for (JsonNode detection : wanted) {
            if (detection.get("score").asDouble() > CLEAR_SCORE) {
                clear++;
                assertThat(matches(detection, found))
                        .as("%s: expected %s", name, detection)
                        .isEqualTo(1);
            }
        }
        for (int i = 0; i < found.count(); i++) {
            if (found.scores()[i] > CLEAR_SCORE + SCORE) {
                int index = i;
                assertThat(wanted.stream().filter(detection -> matches(detection, found, index)))
                        .as("%s: found class %d", name, found.classIds()[i])
                        .hasSize(1);
            }
        }
        return clear;
    }

    private static int matches(JsonNode expected, Detections found) {
        int count = 0;
        for (int i = 0; i < found.count(); i++) {
            count += matches(expected, found, i) ? 1 : 0;
        }
        return count;
    }

    private static boolean matches(JsonNode expected, Detections found, int index) {
        float[] boxes = found.boxes();
        JsonNode corners = expected.get("xyxy");
        return found.classIds()[index] == expected.get("cls").asInt()
                && near(found.scores()[index], expected.get("score"), SCORE)
                && near(boxes[4 * index], corners.get(0), PIXELS)
                && near(boxes[4 * index + 1], corners.get(1), PIXELS)
                && near(boxes[4 * index] + boxes[4 * index + 2], corners.get(2), PIXELS)
                && near(boxes[4 * index + 1] + boxes[4 * index + 3], corners.get(3), PIXELS);
    }

    private static boolean near(float actual, JsonNode expected, float tolerance) {
        return Math.abs(actual - expected.asDouble()) <= tolerance;
    }
}

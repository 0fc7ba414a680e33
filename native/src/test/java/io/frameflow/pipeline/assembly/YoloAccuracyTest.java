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

import io.frameflow.decode.DecodeLimits;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.resource.LeakCheck;
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

    @ParameterizedTest
    @CsvSource({"yolov5.yaml, yolov5n_640_dynbatch.onnx", "yolov8.yaml, yolov5n_640_v8layout.onnx"})
    void findsWhatTheReferenceFound(String modelFile, String network) throws Exception {
        ReferenceDetections expected = ReferenceDetections.read();
        List<String> names = expected.names();
        var settings =
                new PipelineSettings(
                        Path.of("..", "deploy", "models", modelFile).toString(),
                        ReferenceData.file("models/" + network).toString(),
                        EngineChoice.AUTO,
                        names.size(),
                        2,
                        DecodeLimits.DEFAULT);
        List<EncodedFrame> frames = new ArrayList<>();
        for (String name : names) {
            frames.add(expected.frame(name));
        }

        List<FrameResult> results;
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            assertThat(pipeline.model().engine()).isEqualTo("onnxruntime");
            results = pipeline.submit(frames).get();
        }

        int compared = 0;
        for (int i = 0; i < names.size(); i++) {
            var examined = (FrameResult.Examined) results.get(i);
            compared += expected.assertFound(names.get(i), examined.detections(), PIXELS, SCORE);
        }
        assertThat(compared).as("detections compared").isGreaterThan(20);
    }
}

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
package io.frameflow.pipeline.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.decode.DecodeLimits;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** YOLOv5n with its real weights, whole and without its head, finds the same in real pictures. */
@ExtendWith(LeakCheck.class)
class HeadCutAccuracyTest {
    private static final Path MODEL = Path.of("..", "deploy", "models", "yolov5.yaml");

    @TempDir private Path folder;
    @TempDir private Path work;

    @Test
    void findsTheSameWithoutTheHead() throws Exception {
        Path whole = ReferenceData.file("models/yolov5n_640_dynbatch.onnx");
        Path network = folder.resolve("raw.onnx");
        Path model = folder.resolve("raw.yaml");

        CutHead cut = HeadCutter.cut(ModelFileReader.read(MODEL, whole), work);
        CutFiles.write(cut, MODEL, network, model);

        assertThat(cut.anchors()).isEqualTo(HeadOptions.COCO_ANCHORS);
        assertThat(cut.boxes()).isEqualTo(25200);
        ModelFile written = ModelFileReader.read(model, network);
        assertThat(written.thresholds()).isEqualTo(ModelFileReader.read(MODEL, whole).thresholds());
        List<Detections> expected = find(MODEL, whole);
        List<Detections> found = find(model, network);
        assertThat(found).hasSameSizeAs(expected);
        int compared = 0;
        for (int i = 0; i < expected.size(); i++) {
            assertSame(found.get(i), expected.get(i));
            compared += expected.get(i).count();
        }
        assertThat(compared).as("detections compared").isGreaterThan(20);
    }

    /** Its rows have landmarks between objectness and scores. */
    @Test
    void refusesYolo5Face() throws Exception {
        Path network = ReferenceData.file("models/yolo5face_500m_320x320.onnx");
        Path file = folder.resolve("face.yaml");
        Files.writeString(
                file,
                """
                name: no-detector
                task: detection
                family: yolov5
                input: {width: 320, height: 320}
                """);
        ModelFile model = ModelFileReader.read(file, network);

        assertThatThrownBy(() -> HeadCutter.cut(model, work))
                .hasMessageContaining("score of class 0 of candidate 0");
    }

    private static List<Detections> find(Path model, Path network) throws Exception {
        ReferenceDetections pictures = ReferenceDetections.read();
        List<EncodedFrame> frames = new ArrayList<>();
        for (String name : pictures.names()) {
            frames.add(pictures.frame(name));
        }
        var settings =
                new PipelineSettings(
                        model.toString(),
                        network.toString(),
                        EngineChoice.AUTO,
                        frames.size(),
                        2,
                        DecodeLimits.DEFAULT);
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            assertThat(pipeline.model().engine()).isEqualTo("onnxruntime");
            return pipeline.submit(frames).get().stream()
                    .map(result -> ((FrameResult.Examined) result).detections())
                    .toList();
        }
    }

    private static void assertSame(Detections found, Detections expected) {
        assertThat(found.classIds()).isEqualTo(expected.classIds());
        assertThat(found.scores()).containsExactly(expected.scores(), within(1e-4f));
        assertThat(found.boxes()).containsExactly(expected.boxes(), within(0.05f));
    }
}

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
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.ImageDecoder;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.preprocess.LetterboxPreprocessor;
import io.frameflow.reference.ReferenceData;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.ClassMap;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ESPNet's real weights with the model file that comes with the project. */
@ExtendWith(LeakCheck.class)
class EspnetAccuracyTest {
    private static final Path MODEL_FILE =
            Path.of("..", "deploy", "models", "espnet-cityscapes.yaml");

    private static Path network() {
        return ReferenceData.file("models/espnet_p2q8_cityscapes_512x1024.onnx");
    }

    /** The expected picture is of the network's input, so the map is asked for in that size. */
    @Test
    void equalsTheExpectedClassMap() throws IOException {
        Path network = network();
        ModelFile model = ModelFileReader.read(MODEL_FILE, network);
        ClassMap found;
        try (HostEngine engine =
                        OnnxRuntimeEngine.open(network, model.input(), model.onnxRuntime());
                HostExecution execution = engine.newExecution(1);
                ImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            new LetterboxPreprocessor(model.input())
                    .write(decoder.decode(ImageEncoding.JPEG, 0, 0, bus()), execution.input(), 0);
            execution.run(1);
            found =
                    Postprocessors.of(model, engine.signature())
                            .process(
                                    execution.outputs(),
                                    0,
                                    model.input().letterbox(1024, 512),
                                    model.thresholds())
                            .classMap()
                            .orElseThrow();
        }

        BufferedImage expected =
                ImageIO.read(
                        ReferenceData.file("expected/espnet_bus_argmax_1024x512.png").toFile());
        assertThat(share(found, expected.getRaster())).isGreaterThan(0.995);
        JsonNode counts =
                ReferenceData.json("expected/espnet_segmentation.json")
                        .get("pixel_counts")
                        .get("bus.jpg");
        long different = 0;
        for (int classId = 0; classId < model.labels().size(); classId++) {
            String label = model.labels().get(classId).replace(" ", "");
            different += Math.abs(counts.path(label).asLong() - found.pixelCounts()[classId]);
        }
        assertThat(different).as("pixels by class").isLessThan(2 * 1024 * 512 / 200);
    }

    private static double share(ClassMap found, Raster expected) {
        byte[] classIds = found.classIds();
        int equal = 0;
        for (int i = 0; i < classIds.length; i++) {
            int x = i % found.width();
            equal += expected.getSample(x, i / found.width(), 0) == classIds[i] ? 1 : 0;
        }
        return (double) equal / classIds.length;
    }

    @Test
    void givesAClassToEveryPixelOfTheFrame() throws Exception {
        PipelineSettings settings =
                PipelineSettings.of(
                        MODEL_FILE.toString(), network().toString(), EngineChoice.ONNXRUNTIME, 1);
        EncodedFrame frame = new EncodedFrame("camera", 0, 0, ImageEncoding.JPEG, 0, 0, bus());
        ClassMap map;
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            FrameResult result = pipeline.submit(List.of(frame)).get().get(0);
            map = ((FrameResult.Examined) result).findings().classMap().orElseThrow();
        }

        assertThat(map.width()).isEqualTo(810);
        assertThat(map.height()).isEqualTo(1080);
        BufferedImage expected =
                ImageIO.read(
                        ReferenceData.file("expected/espnet_bus_argmax_1024x512.png").toFile());
        assertThat(shareOfNearest(map, expected.getRaster())).isGreaterThan(0.98);
    }

    /** Pixels that are of the class of the cell that they lie in, up to outlines. */
    private static double shareOfNearest(ClassMap map, Raster cells) {
        byte[] classIds = map.classIds();
        int equal = 0;
        for (int i = 0; i < classIds.length; i++) {
            int x = (2 * (i % map.width()) + 1) * 1024 / (2 * map.width());
            int y = (2 * (i / map.width()) + 1) * 512 / (2 * map.height());
            equal += cells.getSample(x, y, 0) == classIds[i] ? 1 : 0;
        }
        return (double) equal / classIds.length;
    }

    private static ByteBuffer bus() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(ReferenceData.file("images/bus.jpg")));
    }
}

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
package io.frameflow.pipeline.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.Precision;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.reference.ReferencePlans;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.RawTensor;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Class maps, raw outputs and thresholds of single frames from the card; several pipelines on it.
 */
@GpuTest
@ExtendWith(LeakCheck.class)
class GpuFindingsTest {
    private static final String YOLO = "models/yolov5n_640_dynbatch.onnx";
    private static final String ESPNET = "models/espnet_p2q8_cityscapes_512x1024.onnx";

    @TempDir Path folder;

    private static Path modelFile(String name) {
        return Path.of("..", "deploy", "models", name);
    }

    private static PipelineSettings settings(
            Path model, String network, EngineChoice engine, int batch, String plan) {
        return new PipelineSettings(
                model.toString(),
                ReferenceData.file(network).toString(),
                engine,
                batch,
                0,
                DecodeLimits.DEFAULT,
                new PlanSettings(
                        plan.contains("fp32") ? Precision.FP32 : Precision.FP16,
                        null,
                        ReferencePlans.file(plan).toString()));
    }

    private static FramePipeline openYolo(Path model, int batch) {
        return new ModelPipelineFactory(
                        settings(model, YOLO, EngineChoice.TENSORRT, batch, "yolov5n-fp32.plan"))
                .open();
    }

    private static ClassMap espnet(EngineChoice engine, EncodedFrame frame) throws Exception {
        PipelineSettings settings =
                settings(
                        modelFile("espnet-cityscapes.yaml"), ESPNET, engine, 1, "espnet-fp32.plan");
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            // Frames of other sizes before it: maps shrink and grow.
            pipeline.submit(List.of(picture("images/zidane.jpg", FrameSettings.DEFAULT))).get();
            FrameResult result = pipeline.submit(List.of(frame)).get().get(0);
            return ((FrameResult.Examined) result).findings().classMap().orElseThrow();
        }
    }

    private static EncodedFrame picture(String file, FrameSettings settings) throws IOException {
        byte[] bytes = Files.readAllBytes(ReferenceData.file(file));
        return new EncodedFrame(
                "a", 0, 0, ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(bytes), settings);
    }

    @Test
    void theClassMapIsThatOfTheCpu() throws Exception {
        EncodedFrame bus = picture("images/bus.jpg", FrameSettings.DEFAULT);

        ClassMap card = espnet(EngineChoice.TENSORRT, bus);

        ClassMap cpu = espnet(EngineChoice.ONNXRUNTIME, bus);
        assertThat(card.width()).isEqualTo(810);
        assertThat(card.height()).isEqualTo(1080);
        byte[] own = card.classIds();
        byte[] other = cpu.classIds();
        int equal = 0;
        for (int i = 0; i < own.length; i++) {
            equal += own[i] == other[i] ? 1 : 0;
        }
        System.out.printf("class maps: %.4f %% equal%n", 100.0 * equal / own.length);
        assertThat((double) equal / own.length).isGreaterThan(0.995);
    }

    /** The picture of the reference has the size of the network's input, as its raw output has. */
    @Test
    void theLogitsGiveTheExpectedClasses() throws Exception {
        Path file = folder.resolve("logits.yaml");
        Files.writeString(
                file,
                Files.readString(modelFile("espnet-cityscapes.yaml"))
                        + "\noutput-tensors: [logits]\n");
        PipelineSettings settings =
                settings(file, ESPNET, EngineChoice.TENSORRT, 1, "espnet-fp32.plan");
        EncodedFrame bus = picture("images/bus.jpg", FrameSettings.DEFAULT);
        RawTensor logits;
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            FrameResult result = pipeline.submit(List.of(bus)).get().get(0);
            logits = ((FrameResult.Examined) result).findings().tensors().get(0);
        }

        assertThat(logits.shape()).containsExactly(20, 512, 1024);
        Raster expected =
                ImageIO.read(ReferenceData.file("expected/espnet_bus_argmax_1024x512.png").toFile())
                        .getRaster();
        FloatBuffer numbers = floats(logits.data());
        int pixels = 512 * 1024;
        int equal = 0;
        for (int i = 0; i < pixels; i++) {
            int best = 0;
            for (int classId = 1; classId < 20; classId++) {
                if (numbers.get(classId * pixels + i) > numbers.get(best * pixels + i)) {
                    best = classId;
                }
            }
            equal += expected.getSample(i % 1024, i / 1024, 0) == best ? 1 : 0;
        }
        assertThat((double) equal / pixels).isGreaterThan(0.995);
    }

    private Path yoloWithTensors() throws IOException {
        Path file = folder.resolve("tensors.yaml");
        Files.writeString(
                file, Files.readString(modelFile("yolov5.yaml")) + "\noutput-tensors: [output0]\n");
        return file;
    }

    /** The picture as it went into the reference's network: decoding takes no part. */
    @Test
    void rawOutputsAreThoseOfTheReference() throws Exception {
        byte[] pixels =
                Files.readAllBytes(
                        ReferenceData.file("expected/bus_letterbox_640x640x3_rgb_u8.raw"));
        EncodedFrame exact =
                new EncodedFrame("a", 0, 0, ImageEncoding.RGB8, 640, 640, ByteBuffer.wrap(pixels));
        List<FrameResult> results;
        try (FramePipeline pipeline = openYolo(yoloWithTensors(), 4)) {
            results =
                    pipeline.submit(
                                    List.of(
                                            picture("images/zidane.jpg", FrameSettings.DEFAULT),
                                            exact,
                                            exact))
                            .get();
        }

        FrameResult.Examined examined = (FrameResult.Examined) results.get(1);
        assertThat(examined.detections().count()).isEqualTo(4);
        RawTensor tensor = examined.findings().tensors().get(0);
        assertThat(tensor.name()).isEqualTo("output0");
        assertThat(tensor.type()).isEqualTo(RawTensor.DataType.FLOAT32);
        assertThat(tensor.shape()).containsExactly(25200, 85);
        FloatBuffer numbers = floats(tensor.data());
        FloatBuffer expected =
                floats(
                        Files.readAllBytes(
                                ReferenceData.file(
                                        "expected/bus_yolov5n_output0_1x25200x85_f32le.bin")));
        // Boxes are in pixels up to 640, scores up to 1: a thousandth of what each can be.
        for (int i = 0; i < numbers.capacity(); i++) {
            float tolerance = i % 85 < 4 ? 0.64f : 0.001f;
            if (Math.abs(numbers.get(i) - expected.get(i)) > tolerance) {
                assertThat(numbers.get(i)).as("number %d", i).isEqualTo(expected.get(i));
            }
        }
        RawTensor again = ((FrameResult.Examined) results.get(2)).findings().tensors().get(0);
        assertThat(again.data()).isEqualTo(tensor.data());
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** Outputs alone: no boxes are decoded. */
    @Test
    void aTensorFamilyGivesItsOutputsAlone() throws Exception {
        Path file = folder.resolve("tensor.yaml");
        Files.writeString(
                file,
                """
                name: tensor
                task: tensor
                family: tensor
                input:
                  width: 640
                  height: 640
                  model-color-format: rgb
                  net-scale-factor: 0.00392156862745098
                  maintain-aspect-ratio: true
                  symmetric-padding: true
                  pad-value: 114
                """);
        EncodedFrame bus = picture("images/bus.jpg", FrameSettings.DEFAULT);
        byte[] alone;
        try (FramePipeline pipeline = openYolo(file, 1)) {
            var examined = (FrameResult.Examined) pipeline.submit(List.of(bus)).get().get(0);
            assertThat(examined.detections().count()).isZero();
            alone = examined.findings().tensors().get(0).data();
        }
        byte[] besideBoxes;
        try (FramePipeline pipeline = openYolo(yoloWithTensors(), 1)) {
            var examined = (FrameResult.Examined) pipeline.submit(List.of(bus)).get().get(0);
            assertThat(examined.detections().count()).isPositive();
            besideBoxes = examined.findings().tensors().get(0).data();
        }
        assertThat(alone).isEqualTo(besideBoxes);
    }

    @Test
    void framesOfABatchHaveThresholdsOfTheirOwn() throws Exception {
        List<EncodedFrame> frames =
                List.of(
                        picture("images/bus.jpg", FrameSettings.DEFAULT),
                        picture("images/bus.jpg", new FrameSettings(0.6f, null, null, false)),
                        picture("images/bus.jpg", new FrameSettings(null, 1f, null, false)),
                        picture("images/bus.jpg", FrameSettings.DEFAULT));
        List<Detections> found = new ArrayList<>();
        try (FramePipeline pipeline = openYolo(modelFile("yolov5.yaml"), 4)) {
            for (FrameResult result : pipeline.submit(frames).get()) {
                found.add(((FrameResult.Examined) result).detections());
            }
        }

        Detections usual = found.get(0);
        int confident = 0;
        while (confident < usual.count() && usual.scores()[confident] > 0.6f) {
            confident++;
        }
        assertThat(confident).isBetween(1, usual.count() - 1);
        assertThat(found.get(1).scores())
                .isEqualTo(java.util.Arrays.copyOf(usual.scores(), confident));
        assertThat(found.get(1).boxes())
                .isEqualTo(java.util.Arrays.copyOf(usual.boxes(), 4 * confident));
        assertThat(found.get(2).count()).isGreaterThan(usual.count());
        assertThat(found.get(3).boxes()).isEqualTo(usual.boxes());
    }

    @Test
    void twoPipelinesShareACard() throws Exception {
        try (FramePipeline first = openYolo(modelFile("yolov5.yaml"), 4);
                FramePipeline second = openYolo(modelFile("yolov5.yaml"), 4)) {
            assertSame(first, second);
        }
    }

    @Test
    void twoCardsServeTwoPipelines() throws Exception {
        int cards = CudaDevice.count();
        assumeTrue(cards > 1, "needs two cards, there is " + cards);
        SlotResources both = SlotResources.ofGpus(List.of(0, 1));
        ModelPipelineFactory factory =
                new ModelPipelineFactory(
                        settings(
                                modelFile("yolov5.yaml"),
                                YOLO,
                                EngineChoice.TENSORRT,
                                4,
                                "yolov5n-fp32.plan"));
        try (FramePipeline first = factory.open(both);
                FramePipeline second = factory.open(both)) {
            assertSame(first, second);
        }
    }

    /** Both work at the same time, and find the same. */
    private static void assertSame(FramePipeline first, FramePipeline second) throws Exception {
        ReferenceDetections reference = ReferenceDetections.read();
        for (int round = 0; round < 10; round++) {
            for (String name : reference.names()) {
                EncodedFrame frame = reference.frame(name);
                CompletableFuture<List<FrameResult>> one = first.submit(List.of(frame));
                CompletableFuture<List<FrameResult>> other = second.submit(List.of(frame));
                Detections a = ((FrameResult.Examined) one.get().get(0)).detections();
                Detections b = ((FrameResult.Examined) other.get().get(0)).detections();
                assertThat(a.boxes()).isEqualTo(b.boxes());
                assertThat(reference.assertFound(name, a, 2, 0.02f)).isNotNegative();
            }
        }
    }
}

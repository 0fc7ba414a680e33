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
package io.frameflow.pipeline.cpu;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.BatchRange;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.model.Task;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.result.Findings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What {@link SmallHeapTest} runs in a process of its own. */
final class SmallHeapRun {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int FRAMES = 32;
    private static final int BATCHES = 3;
    private static final InputSpec INPUT =
            new InputSpec(640, 640, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);

    private SmallHeapRun() {}

    public static void main(String[] arguments) throws Exception {
        byte[] jpeg = CameraPicture.jpeg(WIDTH, HEIGHT);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            frames.add(
                    new EncodedFrame(
                            "camera",
                            frame,
                            frame,
                            ImageEncoding.JPEG,
                            WIDTH,
                            HEIGHT,
                            ByteBuffer.wrap(jpeg.clone())));
        }
        int examined = 0;
        try (var pipeline =
                new CpuFramePipeline(
                        model(),
                        new FakeEngine(INPUT, BatchRange.ANY),
                        (outputs, image, letterbox, thresholds) -> Findings.nothing(),
                        () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                        4,
                        FRAMES)) {
            CompletableFuture<List<FrameResult>> previous = pipeline.submit(frames);
            for (int batch = 1; batch < BATCHES; batch++) {
                CompletableFuture<List<FrameResult>> next = pipeline.submit(frames);
                examined += examined(previous.get());
                previous = next;
            }
            examined += examined(previous.get());
        }
        System.out.println(examined + " frames examined, " + jpeg.length + " bytes each");
    }

    private static int examined(List<FrameResult> results) {
        return (int) results.stream().filter(FrameResult.Examined.class::isInstance).count();
    }

    private static ModelFile model() {
        return new ModelFile(
                "fake model",
                Optional.empty(),
                Task.DETECTION,
                Family.YOLOV8,
                Path.of("fake.onnx"),
                INPUT,
                DetectionThresholds.DEFAULT,
                HeadOptions.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OnnxRuntimeOptions.DEFAULT);
    }
}

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
import io.frameflow.decode.ImageDecoder;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
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
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Pipelines on the CPU with an engine that gives back its input, and frames for them. */
final class FakePipelines implements AutoCloseable {
    private static final int SIZE = 4;
    static final int NOT_FINITE = 200;
    static final int BATCH = 8;
    static final InputSpec INPUT =
            new InputSpec(
                    SIZE,
                    SIZE,
                    ColorOrder.RGB,
                    new Normalization(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                    Scaling.CENTERED,
                    114);
    static final ModelFile MODEL = model(INPUT);

    private final List<FramePipeline> opened = new ArrayList<>();

    /** A detector of one class. */
    static ModelFile model(InputSpec input) {
        return new ModelFile(
                "fake model",
                Optional.empty(),
                Task.DETECTION,
                Family.YOLOV8,
                Path.of("fake.onnx"),
                input,
                DetectionThresholds.DEFAULT,
                HeadOptions.DEFAULT,
                List.of("thing"),
                List.of(),
                List.of(),
                List.of(),
                OnnxRuntimeOptions.DEFAULT);
    }

    FramePipeline open(FakeEngine fake, int threads) {
        return open(fake, threads, () -> new CpuImageDecoder(DecodeLimits.DEFAULT));
    }

    FramePipeline open(FakeEngine fake, int threads, Supplier<ImageDecoder> decoders) {
        FramePipeline pipeline =
                new CpuFramePipeline(MODEL, fake, new FirstNumber(), decoders, threads, BATCH);
        return add(pipeline);
    }

    static EncodedFrame gray(int value) {
        return gray("camera", 1, value);
    }

    static EncodedFrame gray(String camera, long sequence, int value) {
        byte[] pixels = new byte[SIZE * SIZE];
        Arrays.fill(pixels, (byte) value);
        return new EncodedFrame(
                camera, sequence, 1, ImageEncoding.GRAY8, SIZE, SIZE, ByteBuffer.wrap(pixels));
    }

    static EncodedFrame bad() {
        return new EncodedFrame(
                "camera", 1, 1, ImageEncoding.GRAY8, SIZE, SIZE, ByteBuffer.allocate(3));
    }

    static int valueOf(FrameResult result) {
        return ((FrameResult.Examined) result).detections().classIds()[0];
    }

    /** Closes the pipeline with the others. */
    FramePipeline add(FramePipeline pipeline) {
        opened.add(pipeline);
        return pipeline;
    }

    static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        opened.forEach(FramePipeline::close);
    }

    /** Tells the first number of the output as a class id. */
    static final class FirstNumber implements Postprocessor {
        @Override
        public Findings process(
                List<FloatBuffer> outputs,
                int image,
                Letterbox letterbox,
                DetectionThresholds thresholds) {
            int value = (int) outputs.get(0).get(image);
            if (value == NOT_FINITE) {
                throw new FrameflowException(FailureCode.NON_FINITE_OUTPUT, "as asked");
            }
            return Findings.of(Detections.of(new float[4], new float[1], new int[] {value}));
        }
    }

    /** Does something, then decodes as the real one does. */
    static final class FakeDecoder implements ImageDecoder {
        private final ImageDecoder real = new CpuImageDecoder(DecodeLimits.DEFAULT);
        private final Runnable before;
        private final AtomicInteger open;

        FakeDecoder(Runnable before) {
            this(before, new AtomicInteger());
        }

        FakeDecoder(Runnable before, AtomicInteger open) {
            this.before = before;
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public DecodedImage decode(
                ImageEncoding encoding, int width, int height, ByteBuffer image) {
            before.run();
            return real.decode(encoding, width, height, image);
        }

        @Override
        public void close() {
            real.close();
            open.decrementAndGet();
        }
    }
}

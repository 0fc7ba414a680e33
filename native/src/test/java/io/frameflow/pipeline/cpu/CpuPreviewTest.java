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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.encode.PreviewEncoder;
import io.frameflow.engine.BatchRange;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which frames come back with pictures, and with which. */
@Timeout(60)
class CpuPreviewTest {
    private static final int SIDE = 64;
    private static final int GREY = 128;
    private static final InputSpec INPUT =
            new InputSpec(4, 4, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
    private static final ModelFile MODEL = FakePipelines.model(INPUT);

    @Test
    void onlyFramesThatAskHavePictures() throws Exception {
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            List<FrameResult> results =
                    pipeline.submit(List.of(noisy(1, false), noisy(2, true))).get();

            assertThat(examined(results.get(0)).preview()).isNull();
            assertThat(examined(results.get(1)).preview()).isNotNull();
        }
    }

    @Test
    void rawFramesAreShownAsJpegsAndAloneWhereNoiseIsNotReduced() throws Exception {
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            PreviewPictures pictures = only(pipeline, noisy(1, true));

            assertThat(pictures.examined()).isNull();
            assertThat(decode(pictures.source()).getWidth()).isEqualTo(SIDE);
        }
    }

    @Test
    void jpegsAreNotMadeAnew() throws Exception {
        try (FramePipeline pipeline = open(DenoiseStage.OFF);
                PreviewEncoder encoder = new PreviewEncoder()) {
            byte[] grey = new byte[SIDE * SIDE];
            ByteBuffer jpeg =
                    encoder.encode(new DecodedImage(SIDE, SIDE, PixelFormat.GRAY8, grey, 0));

            PreviewPictures pictures = only(pipeline, frame(1, ImageEncoding.JPEG, jpeg, true));

            assertThat(pictures).isEqualTo(new PreviewPictures(null, null));
        }
    }

    @Test
    void whereNoiseIsReducedTheExaminedPictureHasLess() throws Exception {
        DenoiseStage denoise = DenoiseStage.of(new DenoiseSettings(DenoisePreset.DEFAULT, 1));
        try (FramePipeline pipeline = open(denoise)) {
            for (int sequence = 1; sequence < 10; sequence++) {
                pipeline.submit(List.of(noisy(sequence, false))).get();
            }

            PreviewPictures pictures = only(pipeline, noisy(10, true));

            // Averaging ten frames leaves a third of the noise; half of it is asked for.
            assertThat(noise(decode(pictures.examined())))
                    .isLessThan(noise(decode(pictures.source())) / 2);
        }
    }

    private static FramePipeline open(DenoiseStage denoise) {
        return new CpuFramePipeline(
                MODEL,
                new FakeEngine(INPUT, BatchRange.ANY),
                (outputs, image, letterbox, thresholds) ->
                        Findings.of(Detections.of(new float[0], new float[0], new int[0])),
                () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                2,
                4,
                denoise);
    }

    private static PreviewPictures only(FramePipeline pipeline, EncodedFrame frame)
            throws Exception {
        return examined(pipeline.submit(List.of(frame)).get().get(0)).preview();
    }

    private static FrameResult.Examined examined(FrameResult result) {
        return (FrameResult.Examined) result;
    }

    private static EncodedFrame noisy(long sequence, boolean preview) {
        Random random = new Random(sequence);
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (GREY + Math.round(10 * random.nextGaussian()));
        }
        return frame(sequence, ImageEncoding.GRAY8, ByteBuffer.wrap(pixels), preview);
    }

    private static EncodedFrame frame(
            long sequence, ImageEncoding encoding, ByteBuffer image, boolean preview) {
        return new EncodedFrame(
                "camera",
                sequence,
                40_000 * sequence,
                encoding,
                SIDE,
                SIDE,
                image,
                new FrameSettings(null, null, null, preview));
    }

    private static BufferedImage decode(ByteBuffer jpeg) throws IOException {
        byte[] bytes = new byte[jpeg.remaining()];
        jpeg.duplicate().get(bytes);
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** Standard deviation in grey levels. */
    private static double noise(BufferedImage picture) {
        double sum = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            double difference = picture.getRaster().getSample(i % SIDE, i / SIDE, 0) - GREY;
            sum += difference * difference;
        }
        return Math.sqrt(sum / (SIDE * SIDE));
    }
}

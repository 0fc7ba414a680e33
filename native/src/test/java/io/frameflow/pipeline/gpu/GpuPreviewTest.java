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

import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.denoise.FramePlace;
import io.frameflow.denoise.PlanarColours;
import io.frameflow.denoise.PlanarImage;
import io.frameflow.denoise.PlanesDenoiser;
import io.frameflow.denoise.gpu.PlanarLayouts;
import io.frameflow.encode.Scene;
import io.frameflow.encode.ShownPicture;
import io.frameflow.engine.Precision;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferencePlans;
import io.frameflow.resource.LeakCheck;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which frames come back from the card with pictures, and with which. */
@GpuTest
@ExtendWith(LeakCheck.class)
class GpuPreviewTest {
    private static final int BATCH = 8;
    private static final int ROUNDS = 30;
    private static final double NOISE = 3;
    private static final ImageEncoding[] ENCODINGS = ImageEncoding.values();
    private static final DenoiseSettings DENOISE =
            new DenoiseSettings(DenoisePreset.DEFAULT, DenoiseSettings.DEFAULT_STRENGTH);

    private final CpuDenoiser twin = new CpuDenoiser(1L << 30);
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();
    private final PlanesDenoiser planesTwin = new PlanesDenoiser(1L << 30);
    private final PlanesDenoiser.Workspace planesWorkspace = new PlanesDenoiser.Workspace();

    private static FramePipeline open(DenoiseStage denoise) {
        PipelineSettings settings =
                new PipelineSettings(
                        Path.of("..", "deploy", "models", "yolov5.yaml").toString(),
                        ReferenceData.file("models/yolov5n_640_dynbatch.onnx").toString(),
                        EngineChoice.TENSORRT,
                        BATCH,
                        0,
                        DecodeLimits.DEFAULT,
                        new PlanSettings(
                                Precision.FP16,
                                null,
                                ReferencePlans.file("yolov5n-fp16.plan").toString()),
                        denoise);
        return new ModelPipelineFactory(settings).open();
    }

    /**
     * Every frame has a picture of its own, and batches are in flight all the time: memory that
     * another batch took too early would show.
     */
    @Test
    void framesThatAskHaveTheirOwnPicturesAndOthersNone() throws Exception {
        List<List<EncodedFrame>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<EncodedFrame> frames = new ArrayList<>();
            for (int place = 0; place < BATCH; place++) {
                frames.add(frame(BATCH * round + place));
            }
            rounds.add(frames);
        }

        List<List<FrameResult>> results;
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            results = BatchesInFlight.run(pipeline, rounds);
        }

        for (int round = 0; round < ROUNDS; round++) {
            for (int place = 0; place < BATCH; place++) {
                check(rounds.get(round).get(place), results.get(round).get(place));
            }
        }
    }

    private static EncodedFrame frame(int number) throws IOException {
        ImageEncoding encoding = ENCODINGS[number % ENCODINGS.length];
        boolean large = number % 41 == 6;
        int width = large ? 1920 : 320 + number % 5 * 2;
        int height = large ? 1080 : 240 + number % 7 * 2;
        // Two of five, so that each encoding has its turn.
        return frame("camera " + number % 9, number, encoding, width, height, number % 5 < 2);
    }

    private static void check(EncodedFrame frame, FrameResult result) {
        PreviewPictures pictures = examined(result).preview();
        String where = frame.encoding() + " " + frame.sequence();
        if (!frame.settings().preview()) {
            assertThat(pictures).as(where).isNull();
        } else if (frame.encoding() == ImageEncoding.JPEG) {
            assertThat(pictures).as(where).isEqualTo(new PreviewPictures(null, null));
        } else {
            assertThat(pictures.examined()).as(where).isNull();
            ShownPicture.assertShows(pictures.source(), decoded(frame), where);
        }
    }

    /**
     * What the card's filter makes equals the twins' in every bit, so that its picture is known.
     */
    @ParameterizedTest
    @EnumSource(
            value = ImageEncoding.class,
            names = {"RGB8", "BGR8", "GRAY8", "NV12", "JPEG"})
    void whereNoiseIsReducedBothPicturesAreThere(ImageEncoding encoding) throws Exception {
        try (FramePipeline pipeline = open(DenoiseStage.of(DENOISE))) {
            for (int sequence = 0; sequence < 8; sequence++) {
                EncodedFrame frame =
                        frame("camera", sequence, encoding, 320, 240, sequence % 3 != 1);
                DecodedImage image = decoded(frame);
                DecodedImage clean = cleaned(frame, image);

                PreviewPictures pictures =
                        examined(pipeline.submit(List.of(frame)).get().get(0)).preview();

                if (sequence % 3 == 1) {
                    assertThat(pictures).isNull();
                    continue;
                }
                ShownPicture.assertShows(pictures.examined(), clean, "cleaned " + sequence);
                if (encoding == ImageEncoding.JPEG) {
                    assertThat(pictures.source()).isNull();
                } else {
                    ShownPicture.assertShows(pictures.source(), image, "raw " + sequence);
                }
            }
        }
    }

    @Test
    void memoryIsTakenWithTheFirstPictureOnly() throws Exception {
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            List<EncodedFrame> unseen = batch(false);
            List<EncodedFrame> seen = batch(true);
            // Lanes grow to their batches first.
            BatchesInFlight.run(pipeline, List.of(unseen, unseen, unseen, unseen, unseen, unseen));
            Set<NativeResource> before = ResourceLedger.snapshot();
            BatchesInFlight.run(pipeline, List.of(unseen, unseen, unseen, unseen));
            assertThat(ResourceLedger.leakedSince(before)).isEmpty();
            assertThat(kinds(ResourceLedger.snapshot())).doesNotContain("JPEG encoder");

            BatchesInFlight.run(pipeline, List.of(seen));
            Set<NativeResource> after = ResourceLedger.snapshot();
            BatchesInFlight.run(pipeline, List.of(seen, seen, seen, seen));

            assertThat(kinds(after)).contains("JPEG encoder");
            assertThat(ResourceLedger.leakedSince(after)).isEmpty();
        }
    }

    /** nvJPEG may refuse it; its frame is examined all the same, and those beside it shown. */
    @Test
    void aTinyFrameHarmsNobody() throws Exception {
        EncodedFrame tiny = frame("tiny", 1, ImageEncoding.RGB8, 1, 1, true);
        EncodedFrame usual = frame("usual", 2, ImageEncoding.RGB8, 320, 240, true);
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            List<FrameResult> results = pipeline.submit(List.of(tiny, usual)).get();

            assertThat(results.get(0)).isInstanceOf(FrameResult.Examined.class);
            ShownPicture.assertShows(
                    examined(results.get(1)).preview().source(), decoded(usual), "beside it");
        }
    }

    private static List<EncodedFrame> batch(boolean preview) throws IOException {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            frames.add(frame("camera " + i, i, ImageEncoding.NV12, 640, 480, preview));
        }
        return frames;
    }

    private static List<String> kinds(Set<NativeResource> resources) {
        return resources.stream().map(NativeResource::kind).toList();
    }

    private static FrameResult.Examined examined(FrameResult result) {
        return (FrameResult.Examined) result;
    }

    private static EncodedFrame frame(
            String camera,
            long sequence,
            ImageEncoding encoding,
            int width,
            int height,
            boolean preview)
            throws IOException {
        return new EncodedFrame(
                camera,
                sequence,
                40_000 * sequence,
                encoding,
                width,
                height,
                ByteBuffer.wrap(bytes(encoding, width, height, sequence)),
                new FrameSettings(null, null, null, preview));
    }

    private static byte[] bytes(ImageEncoding encoding, int width, int height, long number)
            throws IOException {
        return switch (encoding) {
            case JPEG -> CameraPicture.jpeg(width, height);
            case PNG -> png(Scene.of(ImageEncoding.BGR8, width, height, number, NOISE), width);
            case RGB8, BGR8, GRAY8, NV12 -> Scene.of(encoding, width, height, number, NOISE);
        };
    }

    private static byte[] png(byte[] bgr, int width) throws IOException {
        int height = bgr.length / 3 / width;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < width * height; i++) {
            int red = bgr[3 * i + 2] & 0xFF;
            int green = bgr[3 * i + 1] & 0xFF;
            int blue = bgr[3 * i] & 0xFF;
            picture.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    /** What the twins make of a frame; of a JPEG's planes, which are not known to a bit, nearly. */
    private DecodedImage cleaned(EncodedFrame frame, DecodedImage image) {
        FramePlace place =
                new FramePlace(frame.cameraId(), frame.sequence(), frame.captureTimeMicros());
        int width = image.width();
        int height = image.height();
        return switch (frame.encoding()) {
            case GRAY8, NV12 -> {
                PictureLayout layout = PictureLayout.valueOf(frame.encoding().name());
                byte[] bytes = new byte[frame.image().remaining()];
                frame.image().get(frame.image().position(), bytes);
                byte[] clean =
                        PlanarLayouts.bytes(
                                cleaned(
                                        place,
                                        PlanarLayouts.planes(layout, bytes, width, width, height)));
                yield decoded(frame.encoding(), width, height, ByteBuffer.wrap(clean));
            }
            case JPEG -> {
                PlanarImage planes = PlanarColours.planes(rgb(image), width, height);
                byte[] rgb = PlanarColours.rgb(cleaned(place, planes));
                yield new DecodedImage(width, height, PixelFormat.RGB8, rgb, 0);
            }
            default -> twin.denoise(place, image, DENOISE, workspace).image();
        };
    }

    private PlanarImage cleaned(FramePlace place, PlanarImage planes) {
        return planesTwin.denoise(place, planes, DENOISE, planesWorkspace).image();
    }

    private static byte[] rgb(DecodedImage image) {
        PixelFormat format = image.format();
        byte[] rgb = new byte[3 * image.width() * image.height()];
        for (int i = 0; i < rgb.length; i += 3) {
            int at = image.offset() + i / 3 * format.channels();
            rgb[i] = image.pixels()[at + format.red()];
            rgb[i + 1] = image.pixels()[at + format.green()];
            rgb[i + 2] = image.pixels()[at + format.blue()];
        }
        return rgb;
    }

    private static DecodedImage decoded(EncodedFrame frame) {
        return decoded(frame.encoding(), frame.width(), frame.height(), frame.image());
    }

    private static DecodedImage decoded(
            ImageEncoding encoding, int width, int height, ByteBuffer bytes) {
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            return decoder.decode(encoding, width, height, bytes);
        }
    }
}

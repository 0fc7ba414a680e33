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
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.denoise.FramePlace;
import io.frameflow.denoise.PlanarImage;
import io.frameflow.denoise.PlanesDenoiser;
import io.frameflow.denoise.gpu.PlanarLayouts;
import io.frameflow.engine.Precision;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferencePlans;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.RawTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Noise reduction within the pipeline. What the network sees is told from what it says: frames
 * whose noise the card reduced give the same output, in every bit, as frames whose noise the twin
 * on the CPU reduced before they came.
 */
@GpuTest
@ExtendWith(LeakCheck.class)
class GpuDenoiseStageTest {
    private static final int BATCH = 8;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final int ROUNDS = 34;
    private static final DenoiseSettings USUAL =
            new DenoiseSettings(DenoisePreset.DEFAULT, DenoiseSettings.DEFAULT_STRENGTH);
    private static final DenoiseSettings STRONG =
            new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 1);

    @TempDir Path folder;

    private final Random random = new Random(3);
    private final CpuDenoiser twin = new CpuDenoiser(1L << 30);
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();
    private final PlanesDenoiser planesTwin = new PlanesDenoiser(1L << 30);
    private final PlanesDenoiser.Workspace planesWorkspace = new PlanesDenoiser.Workspace();

    /** YOLOv5n that hands its output on, too. */
    private FramePipeline open(DenoiseStage stage) throws IOException {
        String model = Files.readString(Path.of("..", "deploy", "models", "yolov5.yaml"));
        Path file = folder.resolve("tensors.yaml");
        Files.writeString(file, model + "\noutput-tensors: [output0]\n");
        PipelineSettings settings =
                new PipelineSettings(
                        file.toString(),
                        ReferenceData.file("models/yolov5n_640_dynbatch.onnx").toString(),
                        EngineChoice.TENSORRT,
                        BATCH,
                        0,
                        DecodeLimits.DEFAULT,
                        new PlanSettings(
                                Precision.FP16,
                                null,
                                ReferencePlans.file("yolov5n-fp16.plan").toString()),
                        stage);
        return new ModelPipelineFactory(settings).open();
    }

    /** A frame, and how many of its camera it rests on with its noise as the twin leaves it. */
    private record Pair(EncodedFrame noisy, EncodedFrame clean, int restsOnFrames) {}

    /**
     * Four cameras with formats of their own, one of which sends three frames a batch, through
     * several batches in flight; with a cut, a gap, other settings and frames that are bad.
     */
    @Test
    void theNetworkSeesWhatTheTwinMakesOfAHundredFrames() throws Exception {
        List<List<Pair>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(round(round));
        }
        List<List<FrameResult>> actual;
        try (FramePipeline pipeline = open(DenoiseStage.of(USUAL))) {
            actual =
                    BatchesInFlight.run(
                            pipeline, rounds.stream().map(GpuDenoiseStageTest::noisy).toList());
        }
        List<List<FrameResult>> expected;
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            expected =
                    BatchesInFlight.run(
                            pipeline, rounds.stream().map(GpuDenoiseStageTest::clean).toList());
        }

        for (int round = 0; round < ROUNDS; round++) {
            for (int place = 0; place < BATCH; place++) {
                FrameResult result = actual.get(round).get(place);
                FrameResult wanted = expected.get(round).get(place);
                String where = "round " + round + ", place " + place;
                if (wanted instanceof FrameResult.Rejected) {
                    assertThat(result).as(where).isEqualTo(wanted);
                    continue;
                }
                FrameResult.Examined examined = (FrameResult.Examined) result;
                assertThat(examined.denoisedFrames())
                        .as(where)
                        .isEqualTo(rounds.get(round).get(place).restsOnFrames);
                assertThat(output(examined))
                        .as(where)
                        .isEqualTo(output((FrameResult.Examined) wanted));
                assertThat(examined.times().denoise()).as(where).isPositive();
            }
        }
    }

    private static byte[] output(FrameResult.Examined examined) {
        RawTensor tensor = examined.findings().tensors().get(0);
        return tensor.data();
    }

    private static List<EncodedFrame> noisy(List<Pair> pairs) {
        return pairs.stream().map(Pair::noisy).toList();
    }

    private static List<EncodedFrame> clean(List<Pair> pairs) {
        return pairs.stream().map(Pair::clean).toList();
    }

    private List<Pair> round(int round) {
        List<Pair> pairs = new ArrayList<>();
        pairs.add(pair("a", 3L * round, ImageEncoding.RGB8, FrameSettings.DEFAULT));
        pairs.add(pair("b", round < 20 ? round : round + 50L, ImageEncoding.NV12, strong(round)));
        pairs.add(pair("a", 3L * round + 1, ImageEncoding.RGB8, sometimesOff(round)));
        EncodedFrame bad =
                new EncodedFrame(
                        "a", 3L * round + 1, 0, ImageEncoding.RGB8, 40, 30, ByteBuffer.allocate(9));
        pairs.add(new Pair(bad, bad, 0));
        pairs.add(pair("c", round, ImageEncoding.GRAY8, FrameSettings.DEFAULT));
        pairs.add(pair("off", round, ImageEncoding.RGB8, own(DenoiseSettings.OFF)));
        pairs.add(pair("d", round, ImageEncoding.BGR8, own(STRONG)));
        pairs.add(pair("a", 3L * round + 2, ImageEncoding.RGB8, FrameSettings.DEFAULT));
        return pairs;
    }

    private static FrameSettings sometimesOff(int round) {
        return round % 8 == 7 ? own(DenoiseSettings.OFF) : FrameSettings.DEFAULT;
    }

    private static FrameSettings strong(int round) {
        return round % 10 < 5 ? FrameSettings.DEFAULT : own(STRONG);
    }

    private static FrameSettings own(DenoiseSettings denoise) {
        return new FrameSettings(null, null, denoise, false);
    }

    private Pair pair(
            String camera, long sequence, ImageEncoding encoding, FrameSettings settings) {
        byte[] pixels = pixels(encoding, sequence);
        FramePlace place = new FramePlace(camera, sequence, sequence * 40_000);
        EncodedFrame noisy = frame(place, encoding, pixels, settings);
        DenoiseSettings denoise = settings.denoise() == null ? USUAL : settings.denoise();
        boolean planes = encoding == ImageEncoding.NV12 || encoding == ImageEncoding.GRAY8;
        Pair pair =
                planes
                        ? planes(noisy, place, pixels, denoise)
                        : pixels(noisy, place, pixels, denoise);
        if (pair.restsOnFrames == 0) {
            twin.forget(camera);
        }
        return pair;
    }

    private Pair pixels(
            EncodedFrame noisy, FramePlace place, byte[] pixels, DenoiseSettings denoise) {
        PixelFormat format = PixelFormat.valueOf(noisy.encoding().name());
        DecodedImage image = new DecodedImage(WIDTH, HEIGHT, format, pixels, 0);
        CpuDenoiser.Denoised denoised = twin.denoise(place, image, denoise, workspace);
        if (denoised.restsOnFrames() == 0) {
            return new Pair(noisy, noisy, 0);
        }
        byte[] rgb = Arrays.copyOf(denoised.image().pixels(), 3 * WIDTH * HEIGHT);
        return new Pair(
                noisy,
                frame(place, ImageEncoding.RGB8, rgb, FrameSettings.DEFAULT),
                denoised.restsOnFrames());
    }

    private Pair planes(
            EncodedFrame noisy, FramePlace place, byte[] pixels, DenoiseSettings denoise) {
        PictureLayout layout = PictureLayout.valueOf(noisy.encoding().name());
        PlanarImage image = PlanarLayouts.planes(layout, pixels, WIDTH, WIDTH, HEIGHT);
        PlanesDenoiser.Denoised denoised =
                planesTwin.denoise(place, image, denoise, planesWorkspace);
        byte[] less = PlanarLayouts.bytes(denoised.image());
        return new Pair(
                noisy,
                frame(place, noisy.encoding(), less, FrameSettings.DEFAULT),
                denoised.restsOnFrames());
    }

    private static EncodedFrame frame(
            FramePlace place, ImageEncoding encoding, byte[] pixels, FrameSettings settings) {
        return new EncodedFrame(
                place.cameraId(),
                place.sequence(),
                place.captureTimeMicros(),
                encoding,
                WIDTH,
                HEIGHT,
                ByteBuffer.wrap(pixels),
                settings);
    }

    /** Texture with a bright bar that moves, noise, and another scene from number 15 on. */
    private byte[] pixels(ImageEncoding encoding, long number) {
        int channels = encoding == ImageEncoding.RGB8 || encoding == ImageEncoding.BGR8 ? 3 : 1;
        int rows = encoding == ImageEncoding.NV12 ? HEIGHT * 3 / 2 : HEIGHT;
        byte[] bytes = new byte[WIDTH * rows * channels];
        for (int i = 0; i < bytes.length; i++) {
            int x = i / channels % WIDTH;
            int y = i / channels / WIDTH;
            double scene = number < 15 ? 90 + 40 * Math.sin(x / 7.0 + y / 11.0) : 220 - y % 60;
            double bar = Math.abs(x - 4 * number % WIDTH) < 8 ? 100 : 0;
            double value = scene + bar + 12 * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return bytes;
    }

    /** A frame may ask for it where the pipeline does not. */
    @Test
    void framesOfAllKindsCanAskForIt() throws Exception {
        byte[] jpeg = CameraPicture.jpeg(640, 360);
        try (FramePipeline pipeline = open(DenoiseStage.OFF)) {
            for (int round = 1; round <= 6; round++) {
                List<EncodedFrame> frames =
                        List.of(
                                jpeg("a", round, jpeg, own(USUAL)),
                                jpeg("b", round, jpeg, FrameSettings.DEFAULT));

                List<FrameResult> results = pipeline.submit(frames).get();

                assertThat(results)
                        .extracting(result -> ((FrameResult.Examined) result).denoisedFrames())
                        .containsExactly(round, 0);
            }
        }
    }

    private static EncodedFrame jpeg(
            String camera, long sequence, byte[] bytes, FrameSettings settings) {
        return new EncodedFrame(
                camera, sequence, 0, ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(bytes), settings);
    }
}

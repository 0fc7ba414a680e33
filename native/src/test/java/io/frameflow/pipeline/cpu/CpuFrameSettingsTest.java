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
import io.frameflow.engine.BatchRange;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ClassRules;
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
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames with settings of their own. */
@Timeout(60)
class CpuFrameSettingsTest {
    private static final int SIZE = 8;
    private static final DenoiseSettings ON = new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f);
    private static final DenoiseSettings STRONG =
            new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 1);
    private static final InputSpec INPUT =
            new InputSpec(
                    SIZE,
                    SIZE,
                    ColorOrder.RGB,
                    new Normalization(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                    Scaling.CENTERED,
                    114);

    private final List<FramePipeline> opened = new ArrayList<>();
    private long sequence;

    @AfterEach
    void close() {
        opened.forEach(FramePipeline::close);
    }

    @Test
    void thresholdsMayDifferWithinABatch() throws Exception {
        FramePipeline pipeline = open(DenoiseSettings.OFF);

        List<FrameResult> results =
                pipeline.submit(
                                List.of(
                                        frame(new FrameSettings(0.5f, null, null, false)),
                                        frame(FrameSettings.DEFAULT),
                                        frame(new FrameSettings(null, 0.75f, null, false)),
                                        frame(new FrameSettings(0f, 1f, null, false))))
                        .get();

        assertThat(results)
                .extracting(result -> ((FrameResult.Examined) result).detections().boxes())
                .containsExactly(
                        new float[] {0.5f, 0.45f, 1, 1},
                        new float[] {0.25f, 0.45f, 1, 1},
                        new float[] {0.25f, 0.75f, 1, 1},
                        new float[] {0f, 1f, 1, 1});
    }

    @Test
    void saysWhatHoldsForFramesWithoutSettings() {
        assertThat(open(ON).defaults()).isEqualTo(new FrameSettings(0.25f, 0.45f, ON, false));
        assertThat(open(DenoiseSettings.OFF, Family.SEGMENTATION).defaults())
                .as("thresholds mean nothing to class maps")
                .isEqualTo(new FrameSettings(null, null, DenoiseSettings.OFF, false));
    }

    @Test
    void noiseReductionIsSwitchedOnWhereThePipelineHasNone() throws Exception {
        FramePipeline pipeline = open(DenoiseSettings.OFF);

        assertThat(restsOn(pipeline, null, ON, ON, ON)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void noiseReductionIsSwitchedOffAndForgetsTheCamera() throws Exception {
        FramePipeline pipeline = open(ON);

        assertThat(restsOn(pipeline, null, null, DenoiseSettings.OFF, null, null))
                .containsExactly(1, 2, 0, 1, 2);
    }

    @Test
    void anotherStrengthGoesOnWithTheHistory() throws Exception {
        FramePipeline pipeline = open(ON);

        assertThat(restsOn(pipeline, null, STRONG, null)).containsExactly(1, 2, 3);
    }

    @Test
    void camerasAreSwitchedEachByItself() throws Exception {
        FramePipeline pipeline = open(DenoiseSettings.OFF);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            frames.add(frame("clean", i, denoise(null)));
            frames.add(frame("noisy", i, denoise(ON)));
        }

        assertThat(restsOn(pipeline, frames)).containsExactly(0, 1, 0, 2, 0, 3);
    }

    /** Several threads prepare frames: what a camera's frame rests on must not depend on them. */
    @Test
    void switchingKeepsTheOrderOfACamerasFrames() throws Exception {
        FramePipeline pipeline = open(DenoiseSettings.OFF);
        for (int round = 0; round < 100; round++) {
            assertThat(restsOn(pipeline, ON, ON, ON, DenoiseSettings.OFF, ON, ON, null))
                    .containsExactly(1, 2, 3, 0, 1, 2, 0);
        }
    }

    private List<Integer> restsOn(FramePipeline pipeline, DenoiseSettings... settings)
            throws Exception {
        List<EncodedFrame> frames = new ArrayList<>();
        for (DenoiseSettings denoise : settings) {
            frames.add(frame("camera", sequence++, denoise(denoise)));
        }
        return restsOn(pipeline, frames);
    }

    private static List<Integer> restsOn(FramePipeline pipeline, List<EncodedFrame> frames)
            throws Exception {
        return pipeline.submit(frames).get().stream()
                .map(result -> ((FrameResult.Examined) result).denoisedFrames())
                .toList();
    }

    private static FrameSettings denoise(DenoiseSettings denoise) {
        return new FrameSettings(null, null, denoise, false);
    }

    private EncodedFrame frame(FrameSettings settings) {
        return frame("camera", sequence++, settings);
    }

    private static EncodedFrame frame(String camera, long sequence, FrameSettings settings) {
        return new EncodedFrame(
                        camera,
                        sequence,
                        sequence * 40_000,
                        ImageEncoding.GRAY8,
                        SIZE,
                        SIZE,
                        ByteBuffer.wrap(new byte[SIZE * SIZE]))
                .withSettings(settings);
    }

    private FramePipeline open(DenoiseSettings denoise) {
        return open(denoise, Family.YOLOV8);
    }

    private FramePipeline open(DenoiseSettings denoise, Family family) {
        FramePipeline pipeline =
                new CpuFramePipeline(
                        model(family),
                        new FakeEngine(INPUT, BatchRange.ANY),
                        new TellThresholds(),
                        () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                        3,
                        8,
                        DenoiseStage.of(denoise));
        opened.add(pipeline);
        return pipeline;
    }

    private static ModelFile model(Family family) {
        return new ModelFile(
                "fake model",
                Optional.empty(),
                family.findsObjects() ? Task.DETECTION : Task.SEGMENTATION,
                family,
                Path.of("fake.onnx"),
                INPUT,
                new DetectionThresholds(0.25f, 0.45f, 10, false, ClassRules.NONE),
                HeadOptions.DEFAULT,
                List.of("thing"),
                List.of(),
                List.of(),
                List.of(),
                OnnxRuntimeOptions.DEFAULT);
    }

    /** Tells the thresholds that it was given, as a box. */
    private static final class TellThresholds implements Postprocessor {
        @Override
        public Findings process(
                List<FloatBuffer> outputs,
                int image,
                Letterbox letterbox,
                DetectionThresholds thresholds) {
            return Findings.of(
                    Detections.of(
                            new float[] {thresholds.preCluster(), thresholds.nmsIou(), 1, 1},
                            new float[] {1},
                            new int[] {0}));
        }
    }
}

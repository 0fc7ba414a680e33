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
package io.frameflow.denoise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the kernels against the implementation on the CPU: they give the same bytes. */
@Tag("gpu")
class GpuDenoiseTest {
    private static final long PLENTY = 1L << 30;
    private static final int CAPACITY = 8;
    private static final DenoiseSettings USUAL =
            new DenoiseSettings(DenoisePreset.DEFAULT, DenoiseSettings.DEFAULT_STRENGTH);

    @TempDir Path cacheFolder;

    private final Random random = new Random(5);
    private final Shots twins = new Shots();
    private CudaDevice device;
    private CudaStream stream;

    @BeforeEach
    void open() {
        device = CudaDevice.open(0);
        stream = new CudaStream();
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RGB8, 1, 1",
        "BGR8, 3, 2",
        "RGB8, 64, 32",
        "BGR8, 68, 33",
        "RGB8, 63, 31",
        "GRAY8, 65, 64",
        "NV12, 66, 34",
        "RGB8, 130, 97",
        "RGB8, 640, 360",
        "NV12, 320, 240",
        "YUV420, 1, 1",
        "YUV420, 5, 3",
        "YUV420, 66, 34",
        "YUV420, 116, 61",
        "YUV420, 120, 60",
        "YUV420, 124, 62",
        "YUV420, 484, 270",
        "YUV420, 640, 360",
        "YUV420, 121, 43",
        "YUV420, 240, 85",
        "RGB8, 244, 41",
        "YUV420, 129, 49",
        "YUV420, 367, 21",
        "YUV420, 368, 100",
        "RGB8, 128, 48",
        "BGR8, 248, 20",
        "RGB8, 252, 180",
        "NV12, 370, 24",
        "YUV422, 130, 97",
        "YUV422, 320, 240",
        "YUV444, 320, 240",
        "YUV444, 63, 31",
        "YUV444, 270, 43",
        "YUV422, 63, 31",
        "GRAY8, 1, 1",
        "GRAY8, 515, 20",
        "NV12, 514, 18",
        "YUV420, 8, 2",
        "YUV420, 17, 16",
        "YUV420, 255, 20",
        "YUV420, 256, 33",
        "YUV420, 257, 18",
        "YUV420, 264, 12",
        "YUV420, 512, 40",
        "YUV420, 513, 17",
        "YUV420, 1280, 64"
    })
    void equalsTheTwinOverAHundredFrames(PictureLayout layout, int width, int height) {
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), PLENTY);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int frame = 0; frame < 100; frame++) {
                // A cut at 40, a gap at 60, other settings from 80 on.
                Shot shot =
                        Shot.of(
                                new FramePlace("a", frame < 60 ? frame : frame + 50, frame * 40L),
                                layout,
                                width,
                                height,
                                frame,
                                frame < 80
                                        ? USUAL
                                        : new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 1),
                                random);
                Shots.Result result = run(batch, List.of(shot)).get(0);

                expect(result, shot, "frame " + frame);
            }
        }
    }

    @Test
    void camerasOfDifferentSizesAndSeveralFramesOfACameraShareABatch() {
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), PLENTY);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int round = 0; round < 10; round++) {
                List<Shot> shots = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    shots.add(shot("a", 3 * round + i, 200, 100, USUAL));
                }
                shots.add(shot("b", round, 64, 200, USUAL));
                shots.add(shot("off", round, 32, 32, DenoiseSettings.OFF));
                for (int i = 0; i < 2; i++) {
                    shots.add(shot("c", 2 * round + i, 97, 45, USUAL));
                }
                List<Shots.Result> results = run(batch, shots);

                for (int i = 0; i < shots.size(); i++) {
                    expect(results.get(i), shots.get(i), "round " + round + ", place " + i);
                }
            }
        }
    }

    /** Histories that leave serve the next cameras, which must not see what they hold. */
    @Test
    void moreCamerasThanThereIsRoomForBeginAnewEachTime() {
        long two = 2 * new GpuHistory.Shape(64, 48, PictureLayout.RGB8).bytes();
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), two);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int round = 0; round < 6; round++) {
                List<Shot> shots = new ArrayList<>();
                for (int camera = 0; camera < 5; camera++) {
                    shots.add(shot("camera" + camera, round, 64, 48, USUAL));
                }
                List<Shots.Result> results = run(batch, shots);

                Shots forgetful = new Shots();
                for (int i = 0; i < shots.size(); i++) {
                    Shots.Result expected = forgetful.expected(shots.get(i));
                    assertThat(results.get(i).pixels()).isEqualTo(expected.pixels());
                    assertThat(results.get(i).restsOnFrames()).isEqualTo(1);
                }
            }
            assertThat(denoiser.evictedCameras()).isEqualTo(6 * 5 - 2);
        }
    }

    @Test
    void theLeastRecentlyUsedCameraLeavesFirst() {
        long two = 2 * new GpuHistory.Shape(64, 64, PictureLayout.RGB8).bytes();
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), two);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            run(batch, List.of(shot("a", 0, 64, 64, USUAL), shot("b", 0, 64, 64, USUAL)));
            run(batch, List.of(shot("a", 1, 64, 64, USUAL), shot("c", 0, 64, 64, USUAL)));

            List<Shots.Result> results =
                    run(batch, List.of(shot("a", 2, 64, 64, USUAL), shot("c", 1, 64, 64, USUAL)));

            assertThat(results).extracting(Shots.Result::restsOnFrames).containsExactly(3, 2);
            assertThat(denoiser.evictedCameras()).isEqualTo(1);
            assertThat(run(batch, List.of(shot("b", 1, 64, 64, USUAL))).get(0).restsOnFrames())
                    .isEqualTo(1);
        }
    }

    /** Interleaved pixels and planes are filtered by kernels of their own. */
    @Test
    void picturesOfAllLayoutsShareABatch() {
        PictureLayout[] layouts = PictureLayout.values();
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), PLENTY);
                GpuDenoiseBatch batch = denoiser.newBatch(2 * layouts.length)) {
            for (int round = 0; round < 10; round++) {
                List<Shot> shots = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    for (PictureLayout layout : layouts) {
                        shots.add(shot(layout.name(), 2 * round + i, 130, 70, layout));
                    }
                }
                List<Shots.Result> results = run(batch, shots);

                for (int i = 0; i < shots.size(); i++) {
                    expect(results.get(i), shots.get(i), "round " + round + ", place " + i);
                }
            }
        }
    }

    @Test
    void anotherLayoutBeginsAnew() {
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), PLENTY);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            List<Integer> restsOn = new ArrayList<>();
            int frame = 0;
            for (PictureLayout layout :
                    List.of(
                            PictureLayout.YUV420,
                            PictureLayout.YUV420,
                            PictureLayout.NV12,
                            PictureLayout.NV12,
                            PictureLayout.RGB8,
                            PictureLayout.YUV420)) {
                Shot shot = shot("a", frame++, 64, 48, layout);
                restsOn.add(run(batch, List.of(shot)).get(0).restsOnFrames());
            }

            assertThat(restsOn).containsExactly(1, 2, 1, 2, 1, 1);
        }
    }

    /** The first plane of histories that leave is that of other cameras then. */
    @Test
    void planesBeginAnewInTheHistoriesOfOthers() {
        long two = 2 * new GpuHistory.Shape(70, 48, PictureLayout.YUV420).bytes();
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), two);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int round = 0; round < 6; round++) {
                List<Shot> shots = new ArrayList<>();
                for (int camera = 0; camera < 5; camera++) {
                    shots.add(shot("camera" + camera, round, 70, 48, PictureLayout.YUV420));
                }
                List<Shots.Result> results = run(batch, shots);

                Shots forgetful = new Shots();
                for (int i = 0; i < shots.size(); i++) {
                    assertThat(results.get(i).pixels())
                            .isEqualTo(forgetful.expected(shots.get(i)).pixels());
                }
            }
        }
    }

    private Shot shot(String camera, int frame, int width, int height, DenoiseSettings settings) {
        return Shot.of(
                new FramePlace(camera, frame, frame * 40_000L),
                PictureLayout.RGB8,
                width,
                height,
                frame,
                settings,
                random);
    }

    private Shot shot(String camera, int frame, int width, int height, PictureLayout layout) {
        return Shot.of(
                new FramePlace(camera, frame, frame * 40_000L),
                layout,
                width,
                height,
                frame,
                USUAL,
                random);
    }

    private List<Shots.Result> run(GpuDenoiseBatch batch, List<Shot> shots) {
        return Shots.run(batch, shots, stream);
    }

    private void expect(Shots.Result actual, Shot shot, String description) {
        Shots.Result expected = twins.expected(shot);
        assertThat(actual.layout()).as(description).isEqualTo(expected.layout());
        assertThat(actual.pixels()).as(description).isEqualTo(expected.pixels());
        assertThat(actual.restsOnFrames()).as(description).isEqualTo(expected.restsOnFrames());
    }
}

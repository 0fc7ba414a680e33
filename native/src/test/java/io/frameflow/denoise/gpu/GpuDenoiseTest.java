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
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.cuda.kernel.PlanarPictures;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.nio.ByteBuffer;
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
    private final CpuDenoiser twin = new CpuDenoiser(PLENTY);
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();
    private CudaDevice device;
    private CudaStream stream;

    /** A frame of a test, with its pixels in host memory. */
    private record Shot(
            FramePlace place,
            PictureLayout layout,
            int width,
            int height,
            ByteBuffer pixels,
            DenoiseSettings settings) {
        int pitch() {
            return GpuDenoiseTest.pitch(layout, width);
        }
    }

    /** What came of a frame. */
    private record Result(ByteBuffer rgb, int restsOnFrames) {}

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
        "YUV444, 63, 31"
    })
    void equalsTheTwinOverAHundredFrames(PictureLayout layout, int width, int height) {
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), PLENTY);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int frame = 0; frame < 100; frame++) {
                // A cut at 40, a gap at 60, other settings from 80 on.
                Shot shot =
                        new Shot(
                                new FramePlace("a", frame < 60 ? frame : frame + 50, frame * 40L),
                                layout,
                                width,
                                height,
                                pixels(layout, width, height, frame),
                                frame < 80
                                        ? USUAL
                                        : new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 1));
                Result result = run(batch, List.of(shot)).get(0);

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
                List<Result> results = run(batch, shots);

                for (int i = 0; i < shots.size(); i++) {
                    expect(results.get(i), shots.get(i), "round " + round + ", place " + i);
                }
            }
        }
    }

    /** Histories that leave serve the next cameras, which must not see what they hold. */
    @Test
    void moreCamerasThanThereIsRoomForBeginAnewEachTime() {
        long two = 2 * GpuHistory.bytes(64, 48);
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), two);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            for (int round = 0; round < 6; round++) {
                List<Shot> shots = new ArrayList<>();
                for (int camera = 0; camera < 5; camera++) {
                    shots.add(shot("camera" + camera, round, 64, 48, USUAL));
                }
                List<Result> results = run(batch, shots);

                CpuDenoiser forgetful = new CpuDenoiser(PLENTY);
                for (int i = 0; i < shots.size(); i++) {
                    DecodedImage picture =
                            forgetful
                                    .denoise(
                                            shots.get(i).place,
                                            decoded(shots.get(i)),
                                            USUAL,
                                            workspace)
                                    .image();
                    assertThat(results.get(i).rgb)
                            .isEqualTo(ByteBuffer.wrap(picture.pixels(), 0, 3 * 64 * 48));
                    assertThat(results.get(i).restsOnFrames).isEqualTo(1);
                }
            }
            assertThat(denoiser.evictedCameras()).isEqualTo(6 * 5 - 2);
        }
    }

    @Test
    void theLeastRecentlyUsedCameraLeavesFirst() {
        long two = 2 * GpuHistory.bytes(64, 64);
        try (GpuDenoiser denoiser = new GpuDenoiser(device, new KernelCache(cacheFolder), two);
                GpuDenoiseBatch batch = denoiser.newBatch(CAPACITY)) {
            run(batch, List.of(shot("a", 0, 64, 64, USUAL), shot("b", 0, 64, 64, USUAL)));
            run(batch, List.of(shot("a", 1, 64, 64, USUAL), shot("c", 0, 64, 64, USUAL)));

            List<Result> results =
                    run(batch, List.of(shot("a", 2, 64, 64, USUAL), shot("c", 1, 64, 64, USUAL)));

            assertThat(results).extracting(Result::restsOnFrames).containsExactly(3, 2);
            assertThat(denoiser.evictedCameras()).isEqualTo(1);
            assertThat(run(batch, List.of(shot("b", 1, 64, 64, USUAL))).get(0).restsOnFrames())
                    .isEqualTo(1);
        }
    }

    private Shot shot(String camera, int frame, int width, int height, DenoiseSettings settings) {
        return new Shot(
                new FramePlace(camera, frame, frame * 40_000L),
                PictureLayout.RGB8,
                width,
                height,
                pixels(PictureLayout.RGB8, width, height, frame),
                settings);
    }

    /** Texture with a bright bar that moves, noise, and another scene from frame 40 on. */
    private ByteBuffer pixels(PictureLayout layout, int width, int height, int frame) {
        int channels = layout == PictureLayout.RGB8 || layout == PictureLayout.BGR8 ? 3 : 1;
        int pitch = pitch(layout, width);
        byte[] bytes = new byte[(int) layout.bytes(pitch, height)];
        for (int i = 0; i < bytes.length; i++) {
            int x = i % pitch / channels;
            int y = i / pitch;
            double scene = frame < 40 ? 90 + 40 * Math.sin(x / 7.0 + y / 11.0) : 220 - y % 60;
            double bar = Math.abs(x - 4 * frame % Math.max(1, width)) < 8 ? 100 : 0;
            double value = scene + bar + 12 * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return ByteBuffer.wrap(bytes);
    }

    /** As decoders leave planar pictures; the others lie without padding. */
    private static int pitch(PictureLayout layout, int width) {
        return layout.isPlanar() ? (width + 63) / 64 * 64 : layout.rowBytes(width);
    }

    private List<Result> run(GpuDenoiseBatch batch, List<Shot> shots) {
        List<Result> results = new ArrayList<>();
        long bytes = shots.stream().mapToLong(shot -> shot.pixels.capacity() + 256L).sum();
        try (PinnedBuffer host = new PinnedBuffer(bytes);
                DeviceBuffer source = new DeviceBuffer(bytes)) {
            List<GpuPicture> pictures = new ArrayList<>();
            int offset = 0;
            for (Shot shot : shots) {
                host.view().put(offset, shot.pixels, 0, shot.pixels.capacity());
                pictures.add(
                        new GpuPicture(
                                shot.width,
                                shot.height,
                                shot.layout,
                                source.address() + offset,
                                shot.pitch()));
                offset += (shot.pixels.capacity() + 255) / 256 * 256;
            }
            source.copyFrom(host, offset == 0 ? bytes : Math.min(bytes, offset), stream);
            batch.begin();
            for (int i = 0; i < shots.size(); i++) {
                batch.add(i, shots.get(i).place, pictures.get(i), shots.get(i).settings);
            }
            batch.submit(stream);
            stream.synchronize();
            for (int i = 0; i < shots.size(); i++) {
                GpuPicture output = batch.output(i, pictures.get(i));
                results.add(new Result(read(output), batch.restsOnFrames(i)));
            }
        }
        return results;
    }

    private ByteBuffer read(GpuPicture picture) {
        byte[] pixels = new byte[picture.layout().rowBytes(picture.width()) * picture.height()];
        try (PinnedBuffer target = new PinnedBuffer(pixels.length)) {
            DeviceMemory.readRows(picture, target, stream);
            stream.synchronize();
            target.view().get(0, pixels);
        }
        return ByteBuffer.wrap(pixels);
    }

    private void expect(Result actual, Shot shot, String description) {
        CpuDenoiser.Denoised expected =
                twin.denoise(shot.place, decoded(shot), shot.settings, workspace);
        DecodedImage picture = expected.image();
        int bytes = picture.rowBytes() * picture.height();
        assertThat(actual.rgb)
                .as(description)
                .isEqualTo(ByteBuffer.wrap(picture.pixels(), 0, bytes));
        assertThat(actual.restsOnFrames).as(description).isEqualTo(expected.restsOnFrames());
    }

    private static DecodedImage decoded(Shot shot) {
        if (shot.layout.isPlanar()) {
            byte[] planes = new byte[shot.pixels.capacity()];
            shot.pixels.get(0, planes);
            byte[] rgb =
                    PlanarPictures.rgb(shot.layout, planes, shot.pitch(), shot.width, shot.height);
            return new DecodedImage(shot.width, shot.height, PixelFormat.RGB8, rgb, 0);
        }
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            return decoder.decode(
                    ImageEncoding.valueOf(shot.layout.name()),
                    shot.width,
                    shot.height,
                    shot.pixels);
        }
    }
}

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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Bytes a second of noise reduction, measured noise included, against those of a copy on the card.
 * A pixel costs 14 bytes of traffic, 12.5 where chroma is halved: 3 or 1.5 read and 3 written of
 * pictures, 4 read and 4 written of history; a copy reads and writes each byte once.
 *
 * <p>Arguments: width, height, cameras (default 1280 720 32). Prints one JSON object with an entry
 * for each layout and each scene: still with noise, half of it moving, and all of it moving at each
 * frame.
 */
public final class GpuDenoiseBenchmark {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 50;

    private final CudaDevice device;
    private final CudaStream stream;
    private final int width;
    private final int height;
    private final int cameras;

    private GpuDenoiseBenchmark(
            CudaDevice device, CudaStream stream, int width, int height, int cameras) {
        this.device = device;
        this.stream = stream;
        this.width = width;
        this.height = height;
        this.cameras = cameras;
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1280;
        int height = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 720;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
        try (CudaStream stream = new CudaStream()) {
            CudaDevice device = CudaDevice.open(0);
            System.out.println(
                    new GpuDenoiseBenchmark(device, stream, width, height, cameras).json());
        }
    }

    private String json() {
        double copy = CopyRate.measure(stream);
        List<String> scenes = new ArrayList<>();
        for (PictureLayout layout : List.of(PictureLayout.YUV420, PictureLayout.RGB8)) {
            for (double moving : new double[] {0, 0.5, 1}) {
                scenes.add(scene(layout, moving, copy));
            }
        }
        return String.format(
                Locale.ROOT,
                "{\"benchmark\": \"denoise\", \"card\": \"%s\", \"width\": %d, \"height\": %d,"
                        + " \"cameras\": %d, \"copy_bytes_per_second\": %.0f, \"scenes\": [%s]}",
                device.name(),
                width,
                height,
                cameras,
                copy,
                String.join(", ", scenes));
    }

    private String scene(PictureLayout layout, double moving, double copy) {
        double nanos = denoise(layout, moving);
        double bytes = (NoisyScenes.bytesAPixel(layout) + 11.0) * width * height * cameras;
        double rate = bytes / nanos * 1e9;
        return String.format(
                Locale.ROOT,
                "{\"layout\": \"%s\", \"moving\": %.1f, \"ms\": %.4f, \"bytes_per_second\": %.0f,"
                        + " \"part_of_copy\": %.3f}",
                layout,
                moving,
                nanos / 1e6,
                rate,
                rate / copy);
    }

    private double denoise(PictureLayout layout, double moving) {
        long[] nanos = new long[ROUNDS];
        try (NoisyScenes scenes = new NoisyScenes(layout, width, height, cameras, moving, stream);
                GpuDenoiser denoiser =
                        new GpuDenoiser(device, KernelCache.ofUser(), Long.MAX_VALUE / 2);
                GpuDenoiseBatch batch = denoiser.newBatch(cameras)) {
            for (int frame = -WARM_UP; frame < ROUNDS; frame++) {
                batch.begin();
                for (int camera = 0; camera < cameras; camera++) {
                    batch.add(
                            camera,
                            new FramePlace("camera" + camera, frame + 100L, 0),
                            new GpuPicture(
                                    width,
                                    height,
                                    layout,
                                    scenes.address(camera, frame),
                                    scenes.pitch()),
                            new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
                }
                batch.submit(stream);
                stream.synchronize();
                nanos[Math.max(0, frame)] = batch.nanos();
            }
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }
}

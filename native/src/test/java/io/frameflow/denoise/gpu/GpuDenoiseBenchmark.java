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
import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import java.util.Arrays;
import java.util.Random;

/**
 * Bytes a second of noise reduction against those of a copy on the card. A pixel costs 14 bytes of
 * traffic: 3 read and 3 written of pictures, 4 read and 4 written of history; a copy reads and
 * writes each byte once.
 *
 * <p>Arguments: width, height, cameras (default 1280 720 32). Prints one line for each scene: still
 * with noise, a sixth of it moving, and all of it moving at each frame.
 */
public final class GpuDenoiseBenchmark {
    private static final int SCENES = 4;
    private static final int ROUNDS = 50;
    private static final int BYTES_A_PIXEL = 14;

    private GpuDenoiseBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1280;
        int height = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 720;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
        CudaDevice device = CudaDevice.open(0);
        System.out.printf("%s, %d cameras of %d x %d%n", device.name(), cameras, width, height);
        try (CudaStream stream = new CudaStream();
                CudaEvent started = new CudaEvent();
                CudaEvent finished = new CudaEvent()) {
            double copy = copyBandwidth(stream, started, finished);
            System.out.printf("copy on the card: %.0f GB/s read and written%n", copy / 1e9);
            for (double moving : new double[] {0, 1 / 6.0, 1}) {
                double nanos = denoise(device, stream, width, height, cameras, moving);
                double rate = (double) BYTES_A_PIXEL * width * height * cameras / nanos * 1e9;
                System.out.printf(
                        "moving %3.0f %%: %.1f us a batch, %.0f GB/s, %.0f %% of the copy%n",
                        100 * moving, nanos / 1e3, rate / 1e9, 100 * rate / copy);
            }
        }
    }

    private static double copyBandwidth(CudaStream stream, CudaEvent started, CudaEvent finished) {
        long bytes = 1L << 30;
        try (DeviceBuffer from = new DeviceBuffer(bytes);
                DeviceBuffer to = new DeviceBuffer(bytes)) {
            DeviceMemory.copy(from, to, stream);
            started.record(stream);
            for (int i = 0; i < ROUNDS; i++) {
                DeviceMemory.copy(from, to, stream);
            }
            finished.record(stream);
            stream.synchronize();
            return 2.0 * bytes * ROUNDS / finished.nanosSince(started) * 1e9;
        }
    }

    private static double denoise(
            CudaDevice device,
            CudaStream stream,
            int width,
            int height,
            int cameras,
            double moving) {
        long[] nanos = new long[ROUNDS];
        long picture = 3L * width * height;
        try (DeviceBuffer pixels = new DeviceBuffer(picture * cameras * SCENES);
                GpuDenoiser denoiser =
                        new GpuDenoiser(device, KernelCache.ofUser(), Long.MAX_VALUE / 2);
                GpuDenoiseBatch batch = denoiser.newBatch(cameras)) {
            fill(pixels, width, height, cameras, moving, stream);
            for (int frame = -20; frame < ROUNDS; frame++) {
                batch.begin();
                for (int camera = 0; camera < cameras; camera++) {
                    long scene = (long) camera * SCENES + Math.floorMod(frame, SCENES);
                    batch.add(
                            camera,
                            new FramePlace("camera" + camera, frame + 100L, 0),
                            new GpuPicture(
                                    width,
                                    height,
                                    PictureLayout.RGB8,
                                    pixels.address() + scene * picture,
                                    3 * width),
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

    /** Noise of 15 grey levels; what moves is bright in every other frame. */
    private static void fill(
            DeviceBuffer pixels,
            int width,
            int height,
            int cameras,
            double moving,
            CudaStream stream) {
        Random random = new Random(1);
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.max(-100, Math.min(100, 15 * random.nextGaussian()));
        }
        long picture = 3L * width * height;
        try (PinnedBuffer host = new PinnedBuffer(picture)) {
            for (int scene = 0; scene < cameras * SCENES; scene++) {
                int offset = random.nextInt(noise.length);
                for (int i = 0; i < picture; i++) {
                    int x = i / 3 % width;
                    int bright = x < moving * width && scene % 2 == 1 ? 60 : 0;
                    int value = 110 + bright + noise[(i + offset) & (noise.length - 1)];
                    host.view().put(i, (byte) value);
                }
                pixels.copyFrom(host, 0, scene * picture, picture, stream);
                stream.synchronize();
            }
        }
    }
}

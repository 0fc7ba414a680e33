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
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bytes a second of noise reduction, measured noise included, against those of a copy on the card,
 * which is kept busy before and meanwhile.
 *
 * <p>A pixel costs 14 bytes of traffic, 9 in planes with halved chroma: 3 or 1.5 read and written
 * of pictures, 4 or 3 read and written of means; a copy reads and writes each byte once.
 *
 * <p>Arguments: width, height, cameras (default 1280 720 32), then JPEG files of a film of that
 * size with halved chroma. Prints one JSON object with an entry for each scene: of both layouts
 * still with noise, a quarter of it moving, and all of it at each frame, which is a cut each time;
 * then the film as it is, and with noise of 10 and 25 grey levels.
 */
public final class GpuDenoiseBenchmark {
    /** Batches that are queued at a time, so that the card never waits for the host. */
    private static final int QUEUED = 8;

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
    public static void main(String[] arguments) throws IOException {
        int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1280;
        int height = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 720;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
        List<byte[]> film = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            film.add(Files.readAllBytes(Path.of(arguments[i])));
        }
        try (CudaStream stream = new CudaStream()) {
            CudaDevice device = CudaDevice.open(0);
            GpuDenoiseBenchmark benchmark =
                    new GpuDenoiseBenchmark(device, stream, width, height, cameras);
            System.out.println(benchmark.json(film));
        }
    }

    private String json(List<byte[]> film) {
        CopyRate.Rate before = CopyRate.measure(stream);
        double copy = before.bytesPerSecond();
        List<String> scenes = new ArrayList<>();
        for (PictureLayout layout : List.of(PictureLayout.YUV420, PictureLayout.RGB8)) {
            for (double moving : new double[] {0, 0.25, 1}) {
                String name = String.format(Locale.ROOT, "noise, %.0f %% moves", 100 * moving);
                try (Scenes pictures =
                        new NoisyScenes(layout, width, height, cameras, moving, stream)) {
                    scenes.add(scene(name, layout, pictures, copy));
                }
            }
        }
        if (!film.isEmpty()) {
            for (double sigma : new double[] {0, 10, 25}) {
                String name = String.format(Locale.ROOT, "film, noise of %.0f levels", sigma);
                try (FilmScenes pictures = new FilmScenes(film, cameras, sigma, stream)) {
                    pictures.expect(width, height);
                    scenes.add(scene(name, PictureLayout.YUV420, pictures, copy));
                }
            }
        }
        CopyRate.Rate after = CopyRate.measure(stream);
        return String.format(
                Locale.ROOT,
                "{\"benchmark\": \"denoise\", \"card\": \"%s\", \"width\": %d, \"height\": %d,"
                        + " \"cameras\": %d, \"clock_before\": \"%s\", \"clock_after\": \"%s\","
                        + " \"copy_bytes_per_second\": %.0f, \"scenes\": [%n%s]}",
                device.name(),
                width,
                height,
                cameras,
                before.clock(),
                after.clock(),
                copy,
                String.join(String.format(",%n"), scenes));
    }

    private String scene(String name, PictureLayout layout, Scenes pictures, double copy) {
        BusyTimes.Times times = denoise(layout, pictures);
        double bytes = NoisyScenes.trafficAPixel(layout) * width * height * cameras;
        double rate = bytes / times.median() * 1e3;
        return String.format(
                Locale.ROOT,
                "{\"scene\": \"%s\", \"layout\": \"%s\", \"ms\": %.4f, \"least_ms\": %.4f,"
                        + " \"bytes_per_second\": %.0f, \"part_of_copy\": %.3f}",
                name,
                layout,
                times.median(),
                times.least(),
                rate,
                rate / copy);
    }

    /** A batch of those that take turns. */
    private static final class Turn {
        final GpuDenoiseBatch batch;
        final CudaEvent done;
        boolean queued;
        boolean measured;

        Turn(GpuDenoiseBatch batch, CudaEvent done) {
            this.batch = batch;
            this.done = done;
        }
    }

    private BusyTimes.Times denoise(PictureLayout layout, Scenes scenes) {
        double[] millis = new double[BusyTimes.ROUNDS];
        try (GpuDenoiser denoiser =
                        new GpuDenoiser(device, KernelCache.ofUser(), Long.MAX_VALUE / 2);
                Rollback owned = new Rollback()) {
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < QUEUED; i++) {
                GpuDenoiseBatch batch = owned.add(denoiser.newBatch(cameras));
                turns.add(new Turn(batch, owned.add(new CudaEvent())));
            }
            int done = 0;
            long start = System.nanoTime();
            for (int frame = 0; done < millis.length; frame++) {
                Turn turn = turns.get(frame % QUEUED);
                if (turn.queued) {
                    turn.done.synchronize();
                }
                if (turn.measured) {
                    millis[done++] = turn.batch.nanos() / 1e6;
                }
                turn.measured = System.nanoTime() - start > BusyTimes.WARM_UP_NANOS;
                queue(turn, layout, scenes, frame);
            }
            stream.synchronize();
        }
        return BusyTimes.Times.of(millis);
    }

    private void queue(Turn turn, PictureLayout layout, Scenes scenes, int frame) {
        turn.batch.begin();
        for (int camera = 0; camera < cameras; camera++) {
            turn.batch.add(
                    camera,
                    new FramePlace("camera" + camera, frame, 0),
                    new GpuPicture(
                            width, height, layout, scenes.address(camera, frame), scenes.pitch()),
                    new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
        }
        turn.batch.submit(stream);
        turn.done.record(stream);
        turn.queued = true;
    }
}

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
import io.frameflow.cuda.kernel.DenoisePictures;
import io.frameflow.cuda.kernel.DenoiseShape;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.NoiseMeterKernel;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FilterTuning;
import io.frameflow.denoise.FramePlace;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Compares shapes of the denoise kernel: blocks of a multiprocessor, rows of a band, and how output
 * is stored. Prints the median time of each for pictures that are still, move by half and move as a
 * whole, with the bytes a second and their part of what a copy on the card moves; and says which
 * shapes give other bytes than the first.
 *
 * <p>Arguments: width, height, pictures (default 1280 720 32).
 */
public final class DenoiseShapesBenchmark {
    private static final int[] BLOCKS = {4, 5, 6, 8};
    private static final int[] ROWS = {16, 24, 40, 80, 120, 180};
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 30;

    private final CudaDevice device = CudaDevice.open(0);
    private final CudaStream stream = new CudaStream();
    private final int width;
    private final int height;
    private final int cameras;
    private final double copy;

    private DenoiseShapesBenchmark(int width, int height, int cameras) {
        this.width = width;
        this.height = height;
        this.cameras = cameras;
        copy = CopyRate.measure(stream);
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1280;
        int height = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 720;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
        new DenoiseShapesBenchmark(width, height, cameras).run();
    }

    private void run() {
        System.out.printf(
                "%s, %d pictures of %d x %d, copy %.0f GB/s%n",
                device.name(), cameras, width, height, copy / 1e9);
        for (PictureLayout layout : List.of(PictureLayout.YUV420, PictureLayout.RGB8)) {
            for (double moving : new double[] {0, 0.5, 1}) {
                try (NoisyScenes scenes =
                        new NoisyScenes(layout, width, height, cameras, moving, stream)) {
                    compare(layout, moving, scenes);
                }
            }
        }
        stream.close();
    }

    private void compare(PictureLayout layout, double moving, NoisyScenes scenes) {
        System.out.printf("%s, moving %.0f %%%n", layout, 100 * moving);
        long expected = -1;
        for (DenoiseShape.Form form : forms()) {
            try (Run run = new Run(layout, scenes, form)) {
                double millis = run.medianMillis();
                double bytes = (NoisyScenes.bytesAPixel(layout) + 11.0) * width * height * cameras;
                double rate = bytes / millis * 1e3;
                long digest = run.digest();
                expected = expected < 0 ? digest : expected;
                System.out.printf(
                        "  %-52s %.4f ms, %.0f GB/s, %.2f of the copy, meter %.4f ms%s%n",
                        form,
                        millis,
                        rate / 1e9,
                        rate / copy,
                        run.meterMillis(),
                        digest == expected ? "" : ", OTHER BYTES");
            }
        }
    }

    private static List<DenoiseShape.Form> forms() {
        List<DenoiseShape.Form> forms = new ArrayList<>();
        for (int blocks : BLOCKS) {
            for (int rows : ROWS) {
                forms.add(new DenoiseShape.Form(blocks, rows, true));
            }
        }
        forms.add(new DenoiseShape.Form(6, 40, false));
        forms.add(new DenoiseShape.Form(6, 80, false));
        return forms;
    }

    /** A shape with histories and outputs of its own. */
    private final class Run implements AutoCloseable {
        private final PictureLayout layout;
        private final NoisyScenes scenes;
        private final List<GpuHistory> histories = new ArrayList<>();
        private final Rollback owned = new Rollback();
        private final DenoisePictures pictures;
        private final NoiseMeterKernel meter;
        private final DenoiseShape shape;
        private final DeviceBuffer outputs;
        private final CudaEvent[] events = new CudaEvent[3];
        private final double[] millis = new double[ROUNDS];
        private final double[] meterMillis = new double[ROUNDS];

        Run(PictureLayout layout, NoisyScenes scenes, DenoiseShape.Form form) {
            this.layout = layout;
            this.scenes = scenes;
            KernelCache cache = KernelCache.ofUser();
            pictures = owned.add(new DenoisePictures(cameras));
            meter = owned.add(new NoiseMeterKernel(device, cache, pictures));
            shape = owned.add(new DenoiseShape(device, cache, pictures, form));
            outputs = owned.add(DeviceBuffer.zeroed((long) outputPitch() * height * cameras));
            for (int i = 0; i < events.length; i++) {
                events[i] = owned.add(new CudaEvent());
            }
            for (int camera = 0; camera < cameras; camera++) {
                histories.add(owned.add(new GpuHistory(width, height)));
            }
            for (int frame = -WARM_UP; frame < ROUNDS; frame++) {
                filter(frame);
            }
            Arrays.sort(millis);
            Arrays.sort(meterMillis);
        }

        private int outputPitch() {
            return 3 * ((width + 7) / 8 * 8);
        }

        private void filter(int frame) {
            FilterTuning tuning = FilterTuning.of(new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
            for (int camera = 0; camera < cameras; camera++) {
                GpuHistory history = histories.get(camera);
                history.advance(new FramePlace("camera", WARM_UP + frame, 0));
                pictures.set(
                        camera,
                        width,
                        height,
                        layout,
                        new DenoisePictures.Memory(
                                scenes.address(camera, frame),
                                scenes.pitch(),
                                history.readPlane(),
                                history.writtenPlane(),
                                history.pitch(),
                                history.frameCount(),
                                outputs.address() + (long) camera * outputPitch() * height,
                                outputPitch()),
                        frame == -WARM_UP,
                        tuning);
            }
            pictures.upload(cameras, stream);
            events[0].record(stream);
            meter.launch(0, cameras, stream);
            events[1].record(stream);
            shape.launch(cameras, width, height, stream);
            events[2].record(stream);
            stream.synchronize();
            int round = Math.max(0, frame);
            meterMillis[round] = events[1].nanosSince(events[0]) / 1e6;
            millis[round] = events[2].nanosSince(events[1]) / 1e6;
        }

        double medianMillis() {
            return millis[ROUNDS / 2];
        }

        double meterMillis() {
            return meterMillis[ROUNDS / 2];
        }

        /** Of the last pictures and of the histories that they left. */
        long digest() {
            CRC32 digest = new CRC32();
            try (PinnedBuffer host = new PinnedBuffer((long) outputPitch() * height)) {
                for (int camera = 0; camera < cameras; camera++) {
                    long bytes = (long) camera * outputPitch() * height;
                    read(outputs.address() + bytes, host, digest);
                }
            }
            try (PinnedBuffer host = new PinnedBuffer(4L * histories.get(0).pitch() * height)) {
                for (GpuHistory history : histories) {
                    read(history.writtenPlane(), host, digest);
                }
            }
            return digest.getValue();
        }

        private void read(long address, PinnedBuffer host, CRC32 digest) {
            DeviceMemory.read(address, host, stream);
            stream.synchronize();
            digest.update(host.view().duplicate().clear());
        }

        @Override
        public void close() {
            owned.close();
        }
    }
}

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
import io.frameflow.resource.Rollback;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Compares shapes of the denoise kernel: blocks of a multiprocessor, rows of a band, and how
 * histories are read. Prints for each the median and the least time for pictures that are still and
 * that move as a whole, with the bytes a second of the median and their part of what a copy on the
 * card moves; and says which shapes give other bytes than the first. The card is busy all the time;
 * its clock and the copy are measured before and after the shapes of a scene.
 *
 * <p>Arguments: width, height, pictures (default 1280 720 32).
 */
public final class DenoiseShapesBenchmark {
    private static final List<DenoiseShape.Form> FORMS =
            List.of(
                    new DenoiseShape.Form(12, 0, true),
                    new DenoiseShape.Form(12, 24, true),
                    new DenoiseShape.Form(12, 30, true),
                    new DenoiseShape.Form(12, 60, true),
                    new DenoiseShape.Form(11, 0, true),
                    new DenoiseShape.Form(12, 0, false));

    /** Frames before the bytes are compared: means are settled then. */
    private static final int COMPARED_FRAMES = 12;

    private static final int COMPARED_CAMERAS = 3;

    private final CudaDevice device = CudaDevice.open(0);
    private final CudaStream stream = new CudaStream();
    private final int width;
    private final int height;
    private final int cameras;

    private DenoiseShapesBenchmark(int width, int height, int cameras) {
        this.width = width;
        this.height = height;
        this.cameras = cameras;
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1280;
        int height = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 720;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
        new DenoiseShapesBenchmark(width, height, cameras).run();
    }

    private void run() {
        System.out.printf("%s, %d pictures of %d x %d%n", device.name(), cameras, width, height);
        for (PictureLayout layout : List.of(PictureLayout.YUV420, PictureLayout.RGB8)) {
            for (double moving : new double[] {0, 1}) {
                try (NoisyScenes scenes =
                        new NoisyScenes(layout, width, height, cameras, moving, stream)) {
                    System.out.printf("%s, moving %.0f %%%n", layout, 100 * moving);
                    CopyRate.Rate before = copyRate();
                    compare(layout, scenes, before.bytesPerSecond());
                    copyRate();
                }
            }
        }
        stream.close();
    }

    private CopyRate.Rate copyRate() {
        CopyRate.Rate rate = CopyRate.measure(stream);
        System.out.printf(
                "  copy %.0f GB/s at a clock of %s%n", rate.bytesPerSecond() / 1e9, rate.clock());
        return rate;
    }

    private void compare(PictureLayout layout, NoisyScenes scenes, double copy) {
        double bytes = (NoisyScenes.bytesAPixel(layout) + 11.0) * width * height * cameras;
        long expected = -1;
        for (DenoiseShape.Form form : FORMS) {
            try (Run run = new Run(layout, scenes, form)) {
                long digest = run.digest();
                expected = expected < 0 ? digest : expected;
                List<BusyTimes.Times> times =
                        BusyTimes.measure(stream, List.of(run::measureNoise, run::filter));
                double rate = bytes / times.get(1).median() * 1e3;
                System.out.printf(
                        "  %-46s %5d blocks, %.4f ms (least %.4f), %.0f GB/s, %.2f of the copy,"
                                + " meter %.4f ms (least %.4f)%s%n",
                        form,
                        run.shape.residentBlocks(),
                        times.get(1).median(),
                        times.get(1).least(),
                        rate / 1e9,
                        rate / copy,
                        times.get(0).median(),
                        times.get(0).least(),
                        digest == expected ? "" : ", OTHER BYTES");
            }
        }
    }

    /**
     * A shape with histories and outputs of its own. The pictures of all frames are described
     * beforehand: frames and planes of history come in turns.
     */
    private final class Run implements AutoCloseable {
        private static final int TURNS = NoisyScenes.FRAMES;

        private final Rollback owned = new Rollback();
        private final DenoisePictures pictures;
        private final NoiseMeterKernel meter;
        private final DenoiseShape shape;
        private final DeviceBuffer outputs;
        private final DeviceBuffer frameCounts;
        private final DeviceBuffer histories;

        Run(PictureLayout layout, NoisyScenes scenes, DenoiseShape.Form form) {
            KernelCache cache = KernelCache.ofUser();
            pictures = owned.add(new DenoisePictures(TURNS * cameras));
            meter = owned.add(new NoiseMeterKernel(device, cache, pictures));
            shape = owned.add(new DenoiseShape(device, cache, pictures, form));
            outputs = owned.add(DeviceBuffer.zeroed(outputBytes() * cameras));
            frameCounts = owned.add(DeviceBuffer.zeroed(4L * cameras));
            histories = owned.add(DeviceBuffer.zeroed(2 * planeBytes() * cameras));
            FilterTuning tuning = FilterTuning.of(new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
            for (int frame = 0; frame < TURNS; frame++) {
                for (int camera = 0; camera < cameras; camera++) {
                    DenoisePictures.Memory memory = memory(scenes, frame, camera);
                    int index = frame * cameras + camera;
                    pictures.set(index, width, height, layout, memory, false, tuning);
                }
            }
            pictures.upload(TURNS * cameras, stream);
            for (int frame = 0; frame < COMPARED_FRAMES; frame++) {
                measureNoise(frame);
                filter(frame);
            }
        }

        private DenoisePictures.Memory memory(NoisyScenes scenes, int frame, int camera) {
            return new DenoisePictures.Memory(
                    scenes.address(camera, frame),
                    scenes.pitch(),
                    plane(camera, frame),
                    plane(camera, frame + 1),
                    historyPitch(),
                    frameCounts.address() + 4L * camera,
                    outputs.address() + outputBytes() * camera,
                    outputPitch());
        }

        private int historyPitch() {
            return (width + 3) / 4 * 4;
        }

        private long planeBytes() {
            return 4L * historyPitch() * height;
        }

        /** What a frame reads; the frame before it wrote that. */
        private long plane(int camera, int frame) {
            return histories.address() + (2L * camera + frame % 2) * planeBytes();
        }

        private int outputPitch() {
            return 3 * ((width + 7) / 8 * 8);
        }

        private long outputBytes() {
            return (long) outputPitch() * height;
        }

        void measureNoise(int frame) {
            meter.launch(frame % TURNS * cameras, cameras, stream);
        }

        void filter(int frame) {
            shape.launch(frame % TURNS * cameras, cameras, width, height, stream);
        }

        /** Of some pictures of the last compared frame and the histories that they left. */
        long digest() {
            CRC32 digest = new CRC32();
            try (PinnedBuffer output = new PinnedBuffer(outputBytes());
                    PinnedBuffer history = new PinnedBuffer(planeBytes())) {
                for (int camera = 0; camera < Math.min(COMPARED_CAMERAS, cameras); camera++) {
                    read(outputs.address() + outputBytes() * camera, output, digest);
                    read(plane(camera, COMPARED_FRAMES), history, digest);
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

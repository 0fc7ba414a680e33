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
package io.frameflow.denoise;

/**
 * Reduces noise of pictures in planes, and keeps the histories of cameras. This is what the kernel
 * for planes does, byte for byte; pipelines on the CPU decode to interleaved pixels, and use {@link
 * CpuDenoiser}. Thread-safe in the same way.
 */
public final class PlanesDenoiser {
    private final CpuHistories<PlanesHistory> histories;

    /**
     * A denoiser without histories.
     *
     * @param historyLimit most bytes of all histories together; with halved chroma one takes 3 a
     *     pixel
     */
    public PlanesDenoiser(long historyLimit) {
        histories = new CpuHistories<>(historyLimit);
    }

    /** Memory for one picture at a time, for each thread. */
    public static final class Workspace {
        private final NoiseMeter meter = new NoiseMeter();
        private final PlanesFilter filter = new PlanesFilter();
    }

    /** Pictures that can rest on each other. */
    private record Shape(int width, int height, ChromaSampling sampling) {}

    /**
     * A picture with less noise.
     *
     * @param image in the planes that came in
     * @param restsOnFrames frames of the camera that it rests on, itself included; 0 where the
     *     settings are off
     */
    public record Denoised(PlanarImage image, int restsOnFrames) {}

    /**
     * Filters a picture.
     *
     * @param place where it stands among those of its camera
     * @param image the picture; it stays as it is
     */
    public Denoised denoise(
            FramePlace place, PlanarImage image, DenoiseSettings settings, Workspace workspace) {
        if (settings.isOff()) {
            return new Denoised(image, 0);
        }
        int width = image.width();
        int height = image.height();
        ChromaSampling sampling = image.sampling();
        CpuHistories.History<PlanesHistory> history =
                histories.obtain(
                        place,
                        new Shape(width, height, sampling),
                        PlanesHistory.bytes(width, height, sampling),
                        () -> new PlanesHistory(width, height, sampling));
        PictureParameters parameters =
                histories.advance(
                        history,
                        place,
                        Brightness.of(image, history.memory()),
                        workspace.meter,
                        FilterTuning.of(settings),
                        PictureParameters.Kind.PLANES);
        PlanarImage output = PlanarImage.ofSize(width, height, sampling);
        workspace.filter.filter(image, history.memory(), parameters, output);
        return new Denoised(output, histories.frames(history));
    }
}

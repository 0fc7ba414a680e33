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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;

/**
 * Reduces noise on the CPU, in interleaved pixels, which decoding gives there, and keeps the
 * histories of cameras.
 *
 * <p>Thread-safe as long as the frames of one camera come one after the other, with what the memory
 * model calls happens-before in between; those of different cameras may come at once.
 */
public final class CpuDenoiser {
    private final CpuHistories<int[]> histories;

    /**
     * A denoiser without histories.
     *
     * @param historyLimit most bytes of all histories together; one takes 4 a pixel
     */
    public CpuDenoiser(long historyLimit) {
        this.histories = new CpuHistories<>(historyLimit);
    }

    /** Pictures that can rest on each other. */
    private record Size(int width, int height) {}

    /** Memory for one picture at a time, for each thread that calls {@link CpuDenoiser#denoise}. */
    public static final class Workspace {
        private final NoiseMeter meter = new NoiseMeter();
        private final PictureFilter filter = new PictureFilter();
        private byte[] output = new byte[0];

        private byte[] output(int bytes) {
            if (output.length < bytes) {
                output = new byte[bytes];
            }
            return output;
        }
    }

    /**
     * A picture with less noise.
     *
     * @param image pixels; where the settings are off, those that came in
     * @param restsOnFrames frames of the camera that it rests on, itself included; 0 where the
     *     settings are off
     */
    public record Denoised(DecodedImage image, int restsOnFrames) {}

    /**
     * Filters a picture.
     *
     * @param place where it stands among those of its camera
     * @param image the picture; it stays as it is
     * @param workspace holds the pixels that are returned, until it is used again
     */
    public Denoised denoise(
            FramePlace place, DecodedImage image, DenoiseSettings settings, Workspace workspace) {
        if (settings.isOff()) {
            return new Denoised(image, 0);
        }
        int pixels = Math.multiplyExact(image.width(), image.height());
        CpuHistories.History<int[]> history =
                histories.obtain(
                        place,
                        new Size(image.width(), image.height()),
                        (long) Integer.BYTES * pixels,
                        () -> new int[pixels]);
        PixelSource source = new PixelSource(image);
        PictureParameters parameters =
                histories.advance(
                        history,
                        place,
                        Brightness.of(source, history.memory()),
                        workspace.meter,
                        FilterTuning.of(settings),
                        PictureParameters.Kind.PIXELS);
        byte[] output = workspace.output(3 * pixels);
        workspace.filter.filter(source, history.memory(), parameters, output);
        return new Denoised(
                new DecodedImage(image.width(), image.height(), PixelFormat.RGB8, output, 0),
                histories.frames(history));
    }

    /** Forgets a camera, whose next picture then begins anew. */
    public void forget(String cameraId) {
        histories.forget(cameraId);
    }

    /** Cameras whose history left because others needed the room, so far. */
    public long evictedCameras() {
        return histories.evicted();
    }

    /** Scenes that began anew within a camera, so far. */
    public long sceneCuts() {
        return histories.cuts();
    }
}

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
package io.frameflow.cli.denoise;

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.denoise.FramePlace;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;

/** Reduces the noise of one clip, picture after picture. Not thread-safe. */
public final class ClipDenoiser {
    private static final String CAMERA = "clip";

    private final DenoiseSettings settings;
    private final CpuDenoiser denoiser = new CpuDenoiser(DenoiseStage.DEFAULT_HISTORY_LIMIT);
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();
    private long sequence;

    /** A denoiser that knows no picture yet. */
    public ClipDenoiser(DenoiseSettings settings) {
        this.settings = settings;
    }

    /**
     * Filters the next picture.
     *
     * @param frame BGR8 pixels, which stay as they are
     * @return BGR8 pixels
     */
    public VideoFrame next(VideoFrame frame) {
        DecodedImage image =
                new DecodedImage(
                        frame.width(), frame.height(), PixelFormat.BGR8, frame.pixels(), 0);
        FramePlace place = new FramePlace(CAMERA, sequence++, 0);
        DecodedImage clean = denoiser.denoise(place, image, settings, workspace).image();
        byte[] bgr = new byte[3 * frame.width() * frame.height()];
        int blue = clean.format().blue();
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = clean.pixels()[i + blue];
            bgr[i + 1] = clean.pixels()[i + 1];
            bgr[i + 2] = clean.pixels()[i + 2 - blue];
        }
        return new VideoFrame(
                ImageEncoding.BGR8, frame.width(), frame.height(), bgr, frame.mediaTimeMicros());
    }

    /** Scenes that began anew so far. */
    public long sceneCuts() {
        return denoiser.sceneCuts();
    }
}

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
package io.frameflow.pipeline.cpu;

import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.denoise.FramePlace;
import io.frameflow.image.DecodedImage;
import io.frameflow.pipeline.EncodedFrame;

/**
 * Reduces the noise of a pipeline's frames, by their own settings or the pipeline's. Frames of one
 * camera come in order.
 */
final class FrameDenoiser {
    private final CpuDenoiser denoiser;
    private final DenoiseSettings general;
    private boolean wasOn;

    FrameDenoiser(DenoiseStage stage) {
        this.denoiser = new CpuDenoiser(stage.historyLimit());
        this.general = stage.settings();
    }

    /**
     * Whether a frame has to come here. No frame has as long as noise reduction was never on; then
     * all have, because where it is off a camera's history is forgotten.
     *
     * <p>Called by one thread, for each frame in its order.
     */
    boolean concerns(EncodedFrame frame) {
        wasOn |= !settings(frame).isOff();
        return wasOn;
    }

    private DenoiseSettings settings(EncodedFrame frame) {
        DenoiseSettings own = frame.settings().denoise();
        return own == null ? general : own;
    }

    CpuDenoiser.Denoised denoise(
            EncodedFrame frame, DecodedImage image, CpuDenoiser.Workspace workspace) {
        DenoiseSettings settings = settings(frame);
        if (settings.isOff()) {
            denoiser.forget(frame.cameraId());
            return new CpuDenoiser.Denoised(image, 0);
        }
        FramePlace place =
                new FramePlace(frame.cameraId(), frame.sequence(), frame.captureTimeMicros());
        return denoiser.denoise(place, image, settings, workspace);
    }
}

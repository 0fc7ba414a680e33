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
package io.frameflow.operators.control;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.pipeline.FrameSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What control has set, for a camera or for all. Null is what nobody has set.
 *
 * @param scoreThreshold score that objects must be above, 0 to 1
 * @param nmsIouThreshold overlap up to which boxes are kept, 0 to 1
 * @param denoiseEnabled whether noise may be reduced
 * @param denoiseStrength how much, 0 to 1
 * @param denoisePreset for which kind of scene
 * @param trackingEnabled whether objects are tracked
 */
public record CameraSettings(
        @Nullable Float scoreThreshold,
        @Nullable Float nmsIouThreshold,
        @Nullable Boolean denoiseEnabled,
        @Nullable Float denoiseStrength,
        @Nullable DenoisePreset denoisePreset,
        @Nullable Boolean trackingEnabled)
        implements Serializable {

    /** Nothing. */
    public static final CameraSettings NONE =
            new CameraSettings(null, null, null, null, null, null);

    /** Whether nothing is set. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** These, and those below where these are not set. */
    public CameraSettings over(CameraSettings below) {
        return new CameraSettings(
                first(scoreThreshold, below.scoreThreshold),
                first(nmsIouThreshold, below.nmsIouThreshold),
                first(denoiseEnabled, below.denoiseEnabled),
                first(denoiseStrength, below.denoiseStrength),
                first(denoisePreset, below.denoisePreset),
                first(trackingEnabled, below.trackingEnabled));
    }

    private static <T> @Nullable T first(@Nullable T value, @Nullable T other) {
        return value != null ? value : other;
    }

    /**
     * The settings as the pipeline takes them.
     *
     * @param denoise what the pipeline does to frames that say nothing about it
     */
    FrameSettings frameSettings(DenoiseSettings denoise) {
        return new FrameSettings(scoreThreshold, nmsIouThreshold, denoise(denoise), false);
    }

    /**
     * Off wins over every strength. Switched on without a strength, it has that of the pipeline, or
     * the usual one where the pipeline is off.
     */
    private @Nullable DenoiseSettings denoise(DenoiseSettings general) {
        if (denoiseEnabled == null && denoiseStrength == null && denoisePreset == null) {
            return null;
        }
        if (Boolean.FALSE.equals(denoiseEnabled)) {
            return DenoiseSettings.OFF;
        }
        float strength = general.strength();
        if (denoiseStrength != null) {
            strength = denoiseStrength;
        } else if (general.isOff() && denoiseEnabled != null) {
            strength = DenoiseSettings.DEFAULT_STRENGTH;
        }
        return new DenoiseSettings(
                denoisePreset == null ? general.preset() : denoisePreset, strength);
    }

    /** What is set, for people. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        describe(parts, "score threshold", scoreThreshold);
        describe(parts, "NMS IoU threshold", nmsIouThreshold);
        describe(parts, "denoise", onOff(denoiseEnabled));
        describe(parts, "denoise strength", denoiseStrength);
        describe(parts, "denoise preset", denoisePreset == null ? null : denoisePreset.label());
        describe(parts, "tracking", onOff(trackingEnabled));
        return String.join(", ", parts);
    }

    private static void describe(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + " " + value);
        }
    }

    private static @Nullable String onOff(@Nullable Boolean enabled) {
        return enabled == null ? null : enabled ? "on" : "off";
    }
}

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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Scenes by place and light, by the names of NVIDIA VPI's temporal noise reduction. Noise itself is
 * measured; a preset says how long pictures are averaged, how large a difference must be to count
 * as motion, and up to which level differences are taken for noise at all.
 */
public enum DenoisePreset {
    /** For scenes that nothing is known of. */
    DEFAULT(16, 256, 45),
    /** Night and dusk outside: much noise, little to lose by averaging long. */
    OUTDOOR_LOW_LIGHT(20, 282, 60),
    /** Overcast days. */
    OUTDOOR_MEDIUM_LIGHT(12, 256, 35),
    /** Sunshine: little noise, and leaves and shadows that move. */
    OUTDOOR_HIGH_LIGHT(6, 230, 15),
    /** Dim rooms; lamps may flicker. */
    INDOOR_LOW_LIGHT(24, 294, 60),
    /** Lit rooms. */
    INDOOR_MEDIUM_LIGHT(16, 269, 35),
    /** Bright halls and studios. */
    INDOOR_HIGH_LIGHT(8, 243, 15);

    private final int frames;
    private final int motionThreshold;
    private final int mostNoise;

    DenoisePreset(int frames, int motionThreshold, int mostNoise) {
        this.frames = frames;
        this.motionThreshold = motionThreshold;
        this.mostNoise = mostNoise;
    }

    /** Frames that a pixel is averaged over at strength 1. */
    int frames() {
        return frames;
    }

    /** How large differences must be to count as motion, in 256ths of the usual. */
    int motionThreshold() {
        return motionThreshold;
    }

    /** Standard deviation in grey levels that noise is taken to have at most. */
    int mostNoise() {
        return mostNoise;
    }

    /** As users write it, such as {@code outdoor_low_light}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The preset that users write so. */
    public static Optional<DenoisePreset> ofLabel(String label) {
        return Arrays.stream(values()).filter(preset -> preset.label().equals(label)).findFirst();
    }

    /** All labels, separated by commas, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(DenoisePreset::label).collect(Collectors.joining(", "));
    }
}

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

import java.io.Serializable;

/**
 * How noise is reduced.
 *
 * @param preset the kind of scene
 * @param strength 0 to 1; at 0 pictures stay as they are, and 0.5 suits most scenes
 */
public record DenoiseSettings(DenoisePreset preset, float strength) implements Serializable {
    /** Strength where nobody says otherwise. */
    public static final float DEFAULT_STRENGTH = 0.5f;

    /** No noise reduction. */
    public static final DenoiseSettings OFF = new DenoiseSettings(DenoisePreset.DEFAULT, 0);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the strength is not from 0 to 1
     */
    public DenoiseSettings {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException(
                    "denoise strength " + strength + ": it must be from 0 to 1");
        }
    }

    /** Whether pictures stay as they are. */
    public boolean isOff() {
        return strength == 0;
    }
}

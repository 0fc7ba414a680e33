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
 * The stage of a pipeline that reduces noise.
 *
 * @param settings how
 * @param historyLimit most bytes for the histories of all cameras of a pipeline: on the CPU one
 *     takes 4 a pixel, on a card 8, or 6 where pictures are planes with halved chroma
 */
public record DenoiseStage(DenoiseSettings settings, long historyLimit) implements Serializable {
    /** Room for the histories of 32 cameras with 1920 x 1080 pixels on a card. */
    public static final long DEFAULT_HISTORY_LIMIT = 512L << 20;

    /** No noise reduction. */
    public static final DenoiseStage OFF =
            new DenoiseStage(DenoiseSettings.OFF, DEFAULT_HISTORY_LIMIT);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the limit is below 0
     */
    public DenoiseStage {
        if (historyLimit < 0) {
            throw new IllegalArgumentException("a limit of " + historyLimit + " bytes");
        }
    }

    /** The stage with the default limit. */
    public static DenoiseStage of(DenoiseSettings settings) {
        return new DenoiseStage(settings, DEFAULT_HISTORY_LIMIT);
    }
}

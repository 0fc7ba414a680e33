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
package io.frameflow.operators.preview;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which frames are shown.
 *
 * @param interval least time between two frames of a camera that are shown, by their capture times
 * @param maxPictureBytes most bytes that the pictures of a frame may have together
 */
public record PreviewSettings(Duration interval, int maxPictureBytes) implements Serializable {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the interval is not positive, or there is no room
     */
    public PreviewSettings {
        if (interval.isNegative() || interval.isZero() || maxPictureBytes < 1) {
            throw new IllegalArgumentException(
                    "previews every " + interval + ", of " + maxPictureBytes + " bytes");
        }
    }
}

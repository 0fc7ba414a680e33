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
package io.frameflow.pipeline;

import io.frameflow.denoise.DenoiseSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What may differ from frame to frame of a running pipeline: settings that were changed for a
 * camera while the job ran. Frames of one batch may have different ones.
 *
 * @param scoreThreshold a candidate needs a score above this, 0 to 1, instead of the model file's
 *     {@code pre-cluster-threshold}; classes with a threshold of their own keep it; null for what
 *     the model file says
 * @param nmsIouThreshold replaces the model file's {@code nms-iou-threshold}, 0 to 1; null for what
 *     the model file says
 * @param denoise replaces the pipeline's noise reduction; null for what the pipeline was opened
 *     with
 * @param preview whether the frame's result shall carry its pictures
 */
public record FrameSettings(
        @Nullable Float scoreThreshold,
        @Nullable Float nmsIouThreshold,
        @Nullable DenoiseSettings denoise,
        boolean preview)
        implements Serializable {

    /** What the model file and the pipeline say, and no pictures. */
    public static final FrameSettings DEFAULT = new FrameSettings(null, null, null, false);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a threshold is not from 0 to 1
     */
    public FrameSettings {
        checkThreshold("score", scoreThreshold);
        checkThreshold("overlap", nmsIouThreshold);
    }

    /** The same settings, with pictures. */
    public FrameSettings withPreview() {
        return new FrameSettings(scoreThreshold, nmsIouThreshold, denoise, true);
    }

    private static void checkThreshold(String name, @Nullable Float threshold) {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    name + " threshold " + threshold + ": it must be from 0 to 1");
        }
    }
}

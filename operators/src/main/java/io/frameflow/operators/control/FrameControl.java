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

import io.frameflow.pipeline.FrameSettings;
import org.jspecify.annotations.Nullable;

/**
 * What control says about a frame.
 *
 * @param settings for the pipeline
 * @param trackingEnabled whether its objects are tracked
 * @param controlId the last message that this or the model comes from; null where none did
 */
public record FrameControl(
        FrameSettings settings, boolean trackingEnabled, @Nullable String controlId) {
    /** Nobody has said anything. */
    public static final FrameControl NONE = new FrameControl(FrameSettings.DEFAULT, true, null);
}

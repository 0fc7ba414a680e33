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

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change that makes sense by itself: what a control message asks for.
 *
 * @param controlId its name
 * @param cameraId the camera that it is for; null for all
 * @param issuedAtMicros when it was sent, in microseconds since 1970-01-01T00:00:00Z
 * @param reset whether what was set before is forgotten
 * @param settings what it sets
 * @param modelFile the model file to change over to; null for keeping the model
 */
public record ControlChange(
        String controlId,
        @Nullable String cameraId,
        long issuedAtMicros,
        boolean reset,
        CameraSettings settings,
        @Nullable String modelFile)
        implements Serializable {

    /** What it changes, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (reset) {
            text.append("reset");
        }
        if (modelFile != null) {
            text.append(text.isEmpty() ? "" : ", ").append("model ").append(modelFile);
        }
        if (!settings.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append(settings);
        }
        return text.append(cameraId == null ? " for all cameras" : " for camera " + cameraId)
                .toString();
    }
}

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
package io.frameflow.operators.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Which frame a message holds, as far as it could be read.
 *
 * @param cameraId camera
 * @param session session of the camera
 * @param sequence number of the frame within its camera and session
 * @param captureTimeMicros capture time in microseconds since 1970-01-01T00:00:00Z
 */
public record FrameIdentity(
        @Nullable String cameraId,
        @Nullable String session,
        @Nullable Long sequence,
        @Nullable Long captureTimeMicros) {

    /** Nothing could be read. */
    public static final FrameIdentity UNKNOWN = new FrameIdentity(null, null, null, null);
}

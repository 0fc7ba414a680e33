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
package io.frameflow.cli.view.board;

import io.frameflow.schema.FrameDetections;
import org.jspecify.annotations.Nullable;

/**
 * A frame to look at: its pictures, what was found in it, or both.
 *
 * @param cameraId camera
 * @param sequence number of the frame
 * @param captureTimeMicros capture time in microseconds since 1970-01-01T00:00:00Z
 * @param width width of the frame in pixels, which coordinates refer to
 * @param height height of the frame in pixels
 * @param pictures its pictures; null where there are none
 * @param result what was found; null where nothing is known of it
 */
public record ShownFrame(
        String cameraId,
        long sequence,
        long captureTimeMicros,
        int width,
        int height,
        @Nullable Pictures pictures,
        @Nullable FrameDetections result) {}

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

import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;

/**
 * One frame as it goes into the pipeline.
 *
 * @param cameraId camera, for stages with a memory of earlier frames
 * @param sequence number of the frame within its camera
 * @param captureTimeMicros capture time in microseconds since 1970-01-01T00:00:00Z
 * @param encoding how {@code image} is to be read
 * @param width declared width in pixels; 0 where a file says it itself
 * @param height declared height in pixels; 0 where a file says it itself
 * @param image the picture, from position to limit; neither position nor contents are changed, and
 *     they must stay as they are until the batch's future is complete
 * @param settings what is special about this frame
 */
public record EncodedFrame(
        String cameraId,
        long sequence,
        long captureTimeMicros,
        ImageEncoding encoding,
        int width,
        int height,
        ByteBuffer image,
        FrameSettings settings) {

    /** A frame with nothing special about it. */
    public EncodedFrame(
            String cameraId,
            long sequence,
            long captureTimeMicros,
            ImageEncoding encoding,
            int width,
            int height,
            ByteBuffer image) {
        this(
                cameraId,
                sequence,
                captureTimeMicros,
                encoding,
                width,
                height,
                image,
                FrameSettings.DEFAULT);
    }

    /** The same frame with other settings. */
    public EncodedFrame withSettings(FrameSettings other) {
        return new EncodedFrame(
                cameraId, sequence, captureTimeMicros, encoding, width, height, image, other);
    }
}

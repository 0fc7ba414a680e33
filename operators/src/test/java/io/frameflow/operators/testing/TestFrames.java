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
package io.frameflow.operators.testing;

import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames and messages with valid contents. */
public final class TestFrames {
    /** Topic that they claim to come from. */
    public static final String TOPIC = "frames";

    /** Session that they belong to. */
    public static final String SESSION = "session-1";

    private static final long FIRST_CAPTURE_US = 1_700_000_000_000_000L;
    private static final long FRAME_INTERVAL_US = 40_000;
    private static final byte[] IMAGE = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};

    private TestFrames() {}

    /** Capture time of a frame: 25 frames a second. */
    public static long captureTimeMicros(long sequence) {
        return FIRST_CAPTURE_US + sequence * FRAME_INTERVAL_US;
    }

    /** A frame as publishers send it. */
    public static Frame frame(String cameraId, long sequence) {
        return Frame.newBuilder()
                .setCameraId(cameraId)
                .setSession(SESSION)
                .setSequence(sequence)
                .setCaptureTimeUs(captureTimeMicros(sequence))
                .setEncoding(FrameEncoding.JPEG)
                .setImage(ByteBuffer.wrap(IMAGE))
                .build();
    }

    /** A message with a frame. */
    public static FrameMessage message(String cameraId, long sequence) {
        return messageOf(cameraId, RecordCodec.forFrame().encode(frame(cameraId, sequence)));
    }

    /** A message with any value. */
    public static FrameMessage messageOf(String key, byte[] value) {
        return new FrameMessage(
                TOPIC, 0, 7, 1_700_000_000_123L, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** A frame as it comes out of its envelope. */
    public static OpenedFrame opened(String cameraId, long sequence) {
        byte[] value = IMAGE.clone();
        return new OpenedFrame(
                new FrameMessage(
                        TOPIC,
                        0,
                        sequence,
                        1_700_000_000_123L,
                        cameraId.getBytes(StandardCharsets.UTF_8),
                        value),
                SESSION,
                new EncodedFrame(
                        cameraId,
                        sequence,
                        captureTimeMicros(sequence),
                        ImageEncoding.JPEG,
                        0,
                        0,
                        ByteBuffer.wrap(value)));
    }
}

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
package io.frameflow.operators.envelope;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.deadletter.FrameIdentity;
import io.frameflow.operators.deadletter.Rejection;
import io.frameflow.operators.types.DecodeFailures;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frame out of a message: a total function, whatever the bytes are.
 *
 * <p>Checks the envelope only, which is everything but the picture. Not thread-safe.
 */
final class EnvelopeOpener {
    /** Longest camera id and session, in UTF-8. */
    private static final int MAX_NAME_BYTES = 255;

    /** 2100-01-01T00:00:00Z: a capture time behind it is a broken clock or another unit. */
    private static final long MAX_CAPTURE_TIME_US = 4_102_444_800_000_000L;

    private final int maxMessageBytes;
    private final RecordCodec<Frame> codec = RecordCodec.forFrame();

    /**
     * An opener.
     *
     * @param maxMessageBytes longest value that is read, in bytes
     */
    EnvelopeOpener(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** What became of a message. */
    sealed interface Outcome {}

    /** The message holds a frame. */
    record Opened(OpenedFrame frame) implements Outcome {}

    /** The message holds no frame that could be processed. */
    record Refused(FrameIdentity identity, Rejection rejection) implements Outcome {}

    /** Opens a message. The result shares the arrays of the message. */
    Outcome open(FrameMessage message) {
        byte[] value = message.value();
        if (value == null) {
            return refused(FailureCode.NO_VALUE, "the message has no value");
        }
        if (value.length > maxMessageBytes) {
            return refused(
                    FailureCode.MESSAGE_TOO_LARGE,
                    "the value has %d bytes, the limit is %d"
                            .formatted(value.length, maxMessageBytes));
        }
        try {
            return examine(message, codec.decode(value));
        } catch (RecordDecodingException e) {
            return refused(DecodeFailures.codeOf(e.problem()), String.valueOf(e.getMessage()));
        }
    }

    private static Outcome examine(FrameMessage message, Frame frame) {
        byte[] cameraId = frame.getCameraId().getBytes(StandardCharsets.UTF_8);
        Rejection nameless = checkNames(cameraId, frame.getSession());
        if (nameless != null) {
            // Names of any length have no place in a letter's columns; the value holds them.
            return new Refused(FrameIdentity.UNKNOWN, nameless);
        }
        Rejection rejection = check(message, frame, cameraId);
        if (rejection != null) {
            return new Refused(identityOf(frame), rejection);
        }
        return new Opened(new OpenedFrame(message, frame.getSession(), encodedFrame(frame)));
    }

    private static @Nullable Rejection checkNames(byte[] cameraId, @Nullable String session) {
        if (cameraId.length == 0 || cameraId.length > MAX_NAME_BYTES) {
            return rejection(
                    FailureCode.INVALID_CAMERA_ID,
                    "camera_id has %d bytes, must have 1 to %d"
                            .formatted(cameraId.length, MAX_NAME_BYTES));
        }
        if (session != null && session.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            return rejection(
                    FailureCode.INVALID_SESSION,
                    "session has more than %d bytes".formatted(MAX_NAME_BYTES));
        }
        return null;
    }

    private static @Nullable Rejection check(FrameMessage message, Frame frame, byte[] cameraId) {
        if (!Arrays.equals(cameraId, message.key())) {
            return rejection(
                    FailureCode.KEY_MISMATCH,
                    "the Kafka key must be camera_id '%s' in UTF-8, so that the frames of a camera"
                                    .formatted(frame.getCameraId())
                            + " stay in one partition");
        }
        if (frame.getSequence() < 0) {
            return rejection(
                    FailureCode.INVALID_SEQUENCE,
                    "sequence is %d, must be 0 or more".formatted(frame.getSequence()));
        }
        long captureTime = frame.getCaptureTimeUs();
        if (captureTime < 0 || captureTime > MAX_CAPTURE_TIME_US) {
            return rejection(
                    FailureCode.INVALID_CAPTURE_TIME,
                    "capture_time_us is %d, must be microseconds between 1970 and 2100"
                            .formatted(captureTime));
        }
        if (frame.getEncoding() == FrameEncoding.UNKNOWN) {
            return rejection(
                    FailureCode.UNKNOWN_ENCODING,
                    "this version does not know the encoding: publish one that Frame.avsc names,"
                            + " or update this job");
        }
        return null;
    }

    private static EncodedFrame encodedFrame(Frame frame) {
        return new EncodedFrame(
                frame.getCameraId(),
                frame.getSequence(),
                frame.getCaptureTimeUs(),
                imageEncoding(frame.getEncoding()),
                frame.getWidth(),
                frame.getHeight(),
                frame.getImage());
    }

    private static ImageEncoding imageEncoding(FrameEncoding encoding) {
        return switch (encoding) {
            case JPEG -> ImageEncoding.JPEG;
            case PNG -> ImageEncoding.PNG;
            case BGR8 -> ImageEncoding.BGR8;
            case RGB8 -> ImageEncoding.RGB8;
            case GRAY8 -> ImageEncoding.GRAY8;
            case NV12 -> ImageEncoding.NV12;
            case UNKNOWN -> throw new IllegalArgumentException("an unknown encoding is refused");
        };
    }

    private static FrameIdentity identityOf(Frame frame) {
        return new FrameIdentity(
                frame.getCameraId(),
                frame.getSession(),
                frame.getSequence(),
                frame.getCaptureTimeUs());
    }

    private static Refused refused(FailureCode code, String message) {
        return new Refused(FrameIdentity.UNKNOWN, rejection(code, message));
    }

    private static Rejection rejection(FailureCode code, String message) {
        return new Rejection(Stage.ENVELOPE, code, message);
    }
}

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

import io.frameflow.schema.DeadLetter;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters.
 *
 * @param maxPayloadBytes a message whose value is longer goes without it: the letter must still fit
 *     into its topic, and the origin says where the value lies; 0 leaves all values out
 */
public record DeadLetterFactory(int maxPayloadBytes) implements Serializable {
    private static final int MAX_KEY_BYTES = 1024;
    private static final int NO_PAYLOAD_SIZE = -1;

    /** Checks the limit. */
    public DeadLetterFactory {
        if (maxPayloadBytes < 0) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes is " + maxPayloadBytes + ", must be 0 or more");
        }
    }

    /**
     * The letter of a message.
     *
     * @param origin where the message was read from
     * @param value its value; null where it has none, or where it is no longer held. Not copied
     * @param identity which frame it holds, as far as that is known
     * @param rejection why it has no result
     */
    public DeadLetter create(
            MessageOrigin origin,
            byte @Nullable [] value,
            FrameIdentity identity,
            Rejection rejection) {
        DeadLetter letter = new DeadLetter();
        letter.setSourceTopic(origin.topic());
        letter.setSourcePartition(origin.partition());
        letter.setSourceOffset(origin.offset());
        letter.setSourceTimestampMs(origin.timestampMillis());
        letter.setSourceKey(atMost(MAX_KEY_BYTES, origin.key()));
        letter.setCameraId(identity.cameraId());
        letter.setSession(identity.session());
        letter.setSequence(identity.sequence());
        letter.setCaptureTimeUs(identity.captureTimeMicros());
        letter.setStage(rejection.stage().label());
        letter.setCode(rejection.code().name());
        letter.setMessage(rejection.message());
        letter.setPayloadSize(value == null ? NO_PAYLOAD_SIZE : value.length);
        letter.setPayload(maxPayloadBytes == 0 ? null : atMost(maxPayloadBytes, value));
        return letter;
    }

    private static @Nullable ByteBuffer atMost(int limit, byte @Nullable [] bytes) {
        return bytes == null || bytes.length > limit ? null : ByteBuffer.wrap(bytes);
    }
}

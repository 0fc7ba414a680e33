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

import io.frameflow.operators.deadletter.FrameIdentity;
import io.frameflow.operators.types.AtomicTypeInformation;
import io.frameflow.pipeline.EncodedFrame;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A frame with the message that it came in.
 *
 * @param message the message; its value is kept for the dead letter that the frame may yet become
 * @param session session of the camera, or null where the publisher cannot tell
 * @param frame the frame; its picture is a slice of the message's value
 */
public record OpenedFrame(FrameMessage message, @Nullable String session, EncodedFrame frame) {
    private static final TypeInformation<OpenedFrame> TYPE =
            new AtomicTypeInformation<>(OpenedFrame.class, OpenedFrameSerializer.INSTANCE);

    /** How Flink passes opened frames on. */
    public static TypeInformation<OpenedFrame> type() {
        return TYPE;
    }

    /** Which frame it is. */
    public FrameIdentity identity() {
        return new FrameIdentity(
                frame.cameraId(), session, frame.sequence(), frame.captureTimeMicros());
    }
}

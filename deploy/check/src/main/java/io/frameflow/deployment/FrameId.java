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
package io.frameflow.deployment;

import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a camera calls one of its frames.
 *
 * @param cameraId name of the camera
 * @param session start of the camera or its publisher; null where it was not published
 * @param sequence number within camera and session
 */
record FrameId(String cameraId, @Nullable String session, long sequence)
        implements Comparable<FrameId> {
    private static final Comparator<FrameId> ORDER =
            Comparator.comparing(FrameId::cameraId)
                    .thenComparing(
                            FrameId::session, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(FrameId::sequence);

    static FrameId of(Frame frame) {
        return new FrameId(frame.getCameraId(), frame.getSession(), frame.getSequence());
    }

    static FrameId of(FrameDetections detections) {
        return new FrameId(
                detections.getCameraId(), detections.getSession(), detections.getSequence());
    }

    /** Returns null where the message was too damaged to say. */
    static @Nullable FrameId of(DeadLetter letter) {
        if (letter.getCameraId() == null || letter.getSequence() == null) {
            return null;
        }
        return new FrameId(letter.getCameraId(), letter.getSession(), letter.getSequence());
    }

    @Override
    public int compareTo(FrameId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "camera " + cameraId + " sequence " + sequence;
    }
}

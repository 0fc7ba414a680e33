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

import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.TrackState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as the job writes them. */
final class TestRecords {
    private TestRecords() {}

    /** One object with a track, in frame {@code sequence} of camera "north". */
    static FrameDetections detections(
            MessagePosition position, long sequence, long trackId, long inferenceMicros) {
        DetectedObject object =
                new DetectedObject(
                        0,
                        "car",
                        0.5f,
                        new BoundingBox(1f, 2f, 3f, 4f),
                        null,
                        null,
                        new Track(trackId, TrackState.CONFIRMED, 3));
        return new FrameDetections(
                "north",
                "morning",
                sequence,
                1_000 * sequence,
                "frames",
                position.partition(),
                position.offset(),
                640,
                360,
                FrameStatus.OBJECTS,
                new ModelReference("model", "1", "fp32", "onnxruntime"),
                List.of(object),
                null,
                List.of(),
                new StageDurations(0L, 0L, 0L, 0L, inferenceMicros, 0L, 0L),
                0,
                null);
    }

    /** A dead letter of camera "north", or of no camera where the sequence is null. */
    static DeadLetter deadLetter(MessagePosition position, @Nullable Long sequence) {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(position.partition())
                .setSourceOffset(position.offset())
                .setSourceTimestampMs(1)
                .setCameraId(sequence == null ? null : "north")
                .setSession(sequence == null ? null : "morning")
                .setSequence(sequence)
                .setStage("decode")
                .setCode("TRUNCATED_IMAGE")
                .setMessage("the picture ends too early")
                .setPayloadSize(10)
                .build();
    }

    /** An event of a track of camera "north". */
    static TrackEvent event(TrackEventType type, long trackId) {
        return new TrackEvent(
                "north", trackId, type, "morning", 7L, 7_000L, 0, "car", 0.5f, 1f, 2f, 3f, 4f, 0L,
                3, null);
    }
}

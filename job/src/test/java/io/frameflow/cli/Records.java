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
package io.frameflow.cli;

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
import java.nio.ByteBuffer;
import java.util.List;

/** Records of each kind, as the job writes them. */
public final class Records {
    private static final long CAPTURE_TIME_US = 1_769_860_800_123_456L;

    private Records() {}

    /** A frame with one tracked person. */
    public static FrameDetections detections(long sequence) {
        DetectedObject person =
                DetectedObject.newBuilder()
                        .setClassId(0)
                        .setLabel("person")
                        .setScore(0.91f)
                        .setBox(new BoundingBox(10.5f, 20f, 30f, 40.25f))
                        .setTrack(new Track(3L, TrackState.CONFIRMED, 12))
                        .build();
        return frame(sequence, FrameStatus.OBJECTS, List.of(person));
    }

    /** A frame in which nothing was found. */
    public static FrameDetections nothingFound(long sequence) {
        return frame(sequence, FrameStatus.EMPTY, List.of());
    }

    private static FrameDetections frame(
            long sequence, FrameStatus status, List<DetectedObject> objects) {
        return FrameDetections.newBuilder()
                .setCameraId("camera-1")
                .setSequence(sequence)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setSourceTopic("frames")
                .setSourcePartition(2)
                .setSourceOffset(40L)
                .setWidth(1920)
                .setHeight(1080)
                .setStatus(status)
                .setModel(new ModelReference("demo", "1", "fp32", "onnxruntime"))
                .setObjects(objects)
                .setTensors(List.of())
                .setDurations(new StageDurations(1L, 2L, 3L, 4L, 5L, 6L, 7L))
                .build();
    }

    /** A truncated picture. */
    public static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(2)
                .setSourceOffset(41L)
                .setSourceTimestampMs(1_769_860_800_123L)
                .setCameraId("camera-1")
                .setSequence(8L)
                .setStage("decode")
                .setCode("TRUNCATED_IMAGE")
                .setMessage("the JPEG ends before its last scan")
                .setPayloadSize(3)
                .setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .build();
    }

    /** A track that is sure. */
    public static TrackEvent trackEvent() {
        return TrackEvent.newBuilder()
                .setCameraId("camera-1")
                .setTrackId(3L)
                .setType(TrackEventType.CONFIRMED)
                .setSequence(9L)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setClassId(0)
                .setLabel("person")
                .setScore(0.91f)
                .setLeft(1f)
                .setTop(2f)
                .setWidth(3f)
                .setHeight(4f)
                .setFirstCaptureTimeUs(CAPTURE_TIME_US)
                .setDetections(3)
                .build();
    }
}

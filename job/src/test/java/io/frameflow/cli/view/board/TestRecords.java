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

import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.Preview;
import io.frameflow.schema.PreviewEncoding;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Records as a job writes them. */
public final class TestRecords {
    /** Session of all of them. */
    public static final String SESSION = "s";

    private TestRecords() {}

    /** A result with an object of each label. */
    public static FrameDetections detections(String camera, long sequence, String... labels) {
        List<DetectedObject> objects =
                Arrays.stream(labels)
                        .map(
                                label ->
                                        new DetectedObject(
                                                1,
                                                label,
                                                0.75f,
                                                new BoundingBox(10f, 20f, 30f, 40f),
                                                null,
                                                null,
                                                new Track(7L, TrackState.CONFIRMED, 3)))
                        .toList();
        return FrameDetections.newBuilder()
                .setCameraId(camera)
                .setSession(SESSION)
                .setSequence(sequence)
                .setCaptureTimeUs(1_790_000_000_000_000L + 40_000 * sequence)
                .setSourceTopic("frames")
                .setSourcePartition(0)
                .setSourceOffset(sequence)
                .setWidth(640)
                .setHeight(480)
                .setStatus(FrameStatus.OBJECTS)
                .setModel(new ModelReference("model", "1", "fp32", "onnxruntime"))
                .setObjects(objects)
                .setTensors(List.of())
                .setDurations(new StageDurations(1000L, 2L, 3L, 4L, 5000L, 6L, 7L))
                .build();
    }

    /** Pictures of a frame. */
    public static Preview preview(String camera, long sequence) {
        return Preview.newBuilder()
                .setCameraId(camera)
                .setSession(SESSION)
                .setSequence(sequence)
                .setCaptureTimeUs(1_790_000_000_000_000L + 40_000 * sequence)
                .setWidth(640)
                .setHeight(480)
                .setEncoding(PreviewEncoding.JPEG)
                .setSource(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setExamined(ByteBuffer.wrap(new byte[] {4, 5}))
                .build();
    }
}

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
package io.frameflow.operators.tracking;

import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.StageDurations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes results of a camera, as the inference operator sends them. */
final class Frames {
    static final long FRAME_MICROS = 40_000;
    private static final long BEGIN_MICROS = 1_700_000_000_000_000L;

    private Frames() {}

    /** A frame of 1920 x 1080 whose capture time and offset follow from its sequence. */
    static FrameDetections frame(
            String camera, @Nullable String session, long sequence, DetectedObject... objects) {
        FrameDetections frame = new FrameDetections();
        frame.setCameraId(camera);
        frame.setSession(session);
        frame.setSequence(sequence);
        frame.setCaptureTimeUs(captureTimeOf(sequence));
        frame.setSourceTopic("frames");
        frame.setSourcePartition(3);
        frame.setSourceOffset(1000 + sequence);
        frame.setWidth(1920);
        frame.setHeight(1080);
        frame.setStatus(objects.length == 0 ? FrameStatus.EMPTY : FrameStatus.OBJECTS);
        frame.setModel(new ModelReference("model", "1", "fp32", "onnxruntime"));
        frame.setObjects(new ArrayList<>(List.of(objects)));
        frame.setTensors(new ArrayList<>());
        frame.setDurations(new StageDurations(1L, 2L, 3L, 4L, 5L, 6L, 0L));
        return frame;
    }

    static long captureTimeOf(long sequence) {
        return BEGIN_MICROS + sequence * FRAME_MICROS;
    }

    /** A sure box of 40 x 80. */
    static DetectedObject box(double left, double top) {
        return object((float) left, (float) top, 40, 80, 0.9f);
    }

    static DetectedObject object(float left, float top, float width, float height, float score) {
        DetectedObject object = new DetectedObject();
        object.setClassId(0);
        object.setLabel("person");
        object.setScore(score);
        object.setBox(new BoundingBox(left, top, width, height));
        return object;
    }

    /** The id of the track of each object, or null. */
    static List<@Nullable Long> ids(FrameDetections frame) {
        List<@Nullable Long> ids = new ArrayList<>();
        for (DetectedObject object : frame.getObjects()) {
            ids.add(object.getTrack() == null ? null : object.getTrack().getTrackId());
        }
        return ids;
    }
}

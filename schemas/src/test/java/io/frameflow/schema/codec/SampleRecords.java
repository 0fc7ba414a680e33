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
package io.frameflow.schema.codec;

import io.frameflow.schema.AnalyticsDetails;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.ControlledSettings;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.Mask;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.Preview;
import io.frameflow.schema.PreviewEncoding;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.TensorDataType;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.TrackState;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;

/** One record of each kind with every field set, so that nothing hides behind a default. */
final class SampleRecords {
    private static final long CAPTURE_TIME_US = 1_790_000_000_123_456L;

    private SampleRecords() {}

    static List<SpecificRecord> all() {
        return List.of(
                frame(),
                frameDetections(),
                deadLetter(),
                trackEvent(),
                control(),
                controlAcknowledgement(),
                preview());
    }

    /** All of them, for parameterized tests, named by their kinds. */
    static List<Named<SpecificRecord>> named() {
        return all().stream()
                .map(sample -> Named.of(sample.getSchema().getName(), sample))
                .toList();
    }

    /** The codec of a record's kind. */
    @SuppressWarnings("unchecked") // The class of a record is the type of its codec.
    static RecordCodec<SpecificRecord> codecOf(SpecificRecord sample) {
        return (RecordCodec<SpecificRecord>) RecordCodec.forType(sample.getClass());
    }

    static Frame frame() {
        return Frame.newBuilder()
                .setCameraId("Straße 1")
                .setSession("2026-11-21T08:00:00Z")
                .setSequence(1L << 40)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setEncoding(FrameEncoding.BGR8)
                .setWidth(2)
                .setHeight(1)
                .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3, -1, -2, -3}))
                .build();
    }

    static FrameDetections frameDetections() {
        return FrameDetections.newBuilder()
                .setCameraId("gate")
                .setSession("s")
                .setSequence(7)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setSourceTopic("frames")
                .setSourcePartition(3)
                .setSourceOffset(1L << 33)
                .setWidth(1920)
                .setHeight(1080)
                .setStatus(FrameStatus.OBJECTS)
                .setModel(new ModelReference("yolov8n", "1", "fp16", "tensorrt"))
                .setObjects(
                        List.of(
                                new DetectedObject(
                                        2,
                                        "car",
                                        0.75f,
                                        new BoundingBox(1.5f, 2.5f, 30f, 40f),
                                        List.of(new Keypoint("nose", 3f, 4f, 0.5f)),
                                        new Mask(1920, 1080, "PPYo0"),
                                        new Track(5L, TrackState.CONFIRMED, 12)),
                                new DetectedObject(
                                        0,
                                        "person",
                                        0.25f,
                                        new BoundingBox(0f, 0f, 1f, 1f),
                                        null,
                                        null,
                                        null)))
                .setSegmentation(
                        new Segmentation(
                                3,
                                2,
                                ByteBuffer.wrap(new byte[] {0, 4, 2, 2}),
                                List.of(
                                        new ClassPixels(0, "road", 4L),
                                        new ClassPixels(2, "building", 2L))))
                .setTensors(
                        List.of(
                                new Tensor(
                                        "embedding",
                                        TensorDataType.UINT8,
                                        List.of(1, 4),
                                        ByteBuffer.wrap(new byte[] {9, 8, 7, 6}))))
                .setDurations(new StageDurations(1L, 2L, 3L, 4L, 5L, 6L, 7L))
                .setDenoisedFrames(9)
                .setSettings(
                        new AppliedSettings(0.25f, 0.45f, "indoor_low_light", 0.5f, false, "c-1"))
                .build();
    }

    static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(1)
                .setSourceOffset(42)
                .setSourceTimestampMs(1_790_000_000_123L)
                .setSourceKey(ByteBuffer.wrap(new byte[] {'g', 'a', 't', 'e'}))
                .setCameraId("gate")
                .setSession("s")
                .setSequence(7L)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setStage("decode")
                .setCode("TRUNCATED_IMAGE")
                .setMessage("the picture ends after 3 of 4 scans")
                .setPayloadSize(3)
                .setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .build();
    }

    static TrackEvent trackEvent() {
        return TrackEvent.newBuilder()
                .setCameraId("gate")
                .setTrackId(5)
                .setType(TrackEventType.ZONE_EXITED)
                .setSession("s")
                .setSequence(7)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setClassId(2)
                .setLabel("car")
                .setScore(0.75f)
                .setLeft(1.5f)
                .setTop(2.5f)
                .setWidth(30f)
                .setHeight(40f)
                .setFirstCaptureTimeUs(CAPTURE_TIME_US - 480_000)
                .setDetections(11)
                .setAnalytics(new AnalyticsDetails("entrance", 3L, 1L, 440_000L))
                .build();
    }

    static Preview preview() {
        return Preview.newBuilder()
                .setCameraId("gate")
                .setSession("s")
                .setSequence(7)
                .setCaptureTimeUs(CAPTURE_TIME_US)
                .setWidth(1920)
                .setHeight(1080)
                .setEncoding(PreviewEncoding.JPEG)
                .setSource(ByteBuffer.wrap(new byte[] {-1, -40, 1}))
                .setExamined(ByteBuffer.wrap(new byte[] {-1, -40, 2}))
                .build();
    }

    static Control control() {
        return Control.newBuilder()
                .setControlId("c-1")
                .setCameraId("gate")
                .setIssuedAtUs(CAPTURE_TIME_US)
                .setScoreThreshold(0.25f)
                .setNmsIouThreshold(0.45f)
                .setDenoiseStrength(0.5f)
                .setDenoisePreset("indoor_low_light")
                .setModelFile("/models/yolov8n/model.yaml")
                .setReset(true)
                .setDenoiseEnabled(true)
                .setTrackingEnabled(false)
                .build();
    }

    static ControlAcknowledgement controlAcknowledgement() {
        return ControlAcknowledgement.newBuilder()
                .setControlId("c-1")
                .setCameraId("gate")
                .setOutcome(ControlOutcome.APPLIED)
                .setCode("INVALID_CONTROL")
                .setMessage("score threshold 0.25 for camera gate")
                .setSubtasks(4)
                .setIssuedAtUs(CAPTURE_TIME_US)
                .setAcknowledgedAtUs(CAPTURE_TIME_US + 1_000)
                .setSourceTopic("control")
                .setSourcePartition(1)
                .setSourceOffset(42)
                .setSettings(
                        new ControlledSettings(
                                0.25f, 0.45f, true, 0.5f, "indoor_low_light", false, "m.yaml"))
                .build();
    }
}

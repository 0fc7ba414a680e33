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
package io.frameflow.operators.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import io.frameflow.result.RawTensor;
import io.frameflow.result.RawTensor.DataType;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.TensorDataType;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultMapperTest {
    private static final StageTimes TIMES = new StageTimes(1_999, 2_000, 3_000_000, 4_000, 5_000);

    private final OpenedFrame opened = TestFrames.opened("gate", 7);
    private final ResultMapper mapper =
            new ResultMapper(
                    new ModelDescription(
                            "yolov8n-pose",
                            "2",
                            "fp16",
                            "tensorrt",
                            List.of("person"),
                            List.of("nose")),
                    new FrameSettings(
                            0.25f,
                            0.45f,
                            new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 0.5f),
                            false),
                    new DeadLetterFactory(1024));

    @Test
    void carriesTheFrameAndItsOriginOver() {
        FrameDetections record = map(Detections.empty());

        assertThat(record.getCameraId()).isEqualTo("gate");
        assertThat(record.getSession()).isEqualTo(TestFrames.SESSION);
        assertThat(record.getSequence()).isEqualTo(7);
        assertThat(record.getCaptureTimeUs()).isEqualTo(TestFrames.captureTimeMicros(7));
        assertThat(record.getSourceTopic()).isEqualTo(TestFrames.TOPIC);
        assertThat(record.getSourcePartition()).isEqualTo(opened.message().partition());
        assertThat(record.getSourceOffset()).isEqualTo(opened.message().offset());
        assertThat(record.getWidth()).isEqualTo(1920);
        assertThat(record.getHeight()).isEqualTo(1080);
        assertThat(record.getModel())
                .isEqualTo(new ModelReference("yolov8n-pose", "2", "fp16", "tensorrt"));
        assertThat(record.getTensors()).isEmpty();
    }

    @Test
    void saysWhichSettingsThePipelineHasAndWhichTheFrame() {
        FrameControl control =
                new FrameControl(
                        new FrameSettings(
                                0.75f,
                                null,
                                new DenoiseSettings(DenoisePreset.OUTDOOR_LOW_LIGHT, 0),
                                false),
                        false,
                        "c-1");

        assertThat(map(Detections.empty()).getSettings())
                .isEqualTo(new AppliedSettings(0.25f, 0.45f, "indoor_low_light", 0.5f, true, null));
        assertThat(
                        mapper.detections(
                                        opened,
                                        control,
                                        new Examined(1920, 1080, Detections.empty(), TIMES),
                                        0)
                                .getSettings())
                .isEqualTo(
                        new AppliedSettings(0.75f, 0.45f, "outdoor_low_light", 0f, false, "c-1"));
    }

    @Test
    void givesTimesInMicroseconds() {
        assertThat(map(Detections.empty()).getDurations())
                .isEqualTo(new StageDurations(6L, 1L, 2L, 3_000L, 4L, 5L, 0L));
    }

    @Test
    void tellsAnEmptyFrameFromOneWithObjects() {
        assertThat(map(Detections.empty()).getStatus()).isEqualTo(FrameStatus.EMPTY);
        assertThat(map(Detections.empty()).getObjects()).isEmpty();
        assertThat(map(one(0)).getStatus()).isEqualTo(FrameStatus.OBJECTS);
    }

    @Test
    void mapsEveryObjectInItsOrder() {
        Detections two =
                Detections.of(
                        new float[] {1, 2, 3, 4, 5, 6, 7, 8},
                        new float[] {0.75f, 0.5f},
                        new int[] {0, 1});

        assertThat(map(two).getObjects())
                .containsExactly(
                        object(0, "person", 0.75f, new BoundingBox(1f, 2f, 3f, 4f)),
                        object(1, "1", 0.5f, new BoundingBox(5f, 6f, 7f, 8f)));
    }

    @Test
    void namesKeypointsAndCountsThoseWithoutName() {
        Detections pose =
                new Detections(
                        new float[8],
                        new float[] {0.75f, 0.5f},
                        new int[] {0, 0},
                        new float[] {1, 2, 0.1f, 3, 4, 0.2f, 5, 6, 0.3f, 7, 8, 0.4f},
                        2);

        assertThat(map(pose).getObjects())
                .extracting(DetectedObject::getKeypoints)
                .containsExactly(
                        List.of(
                                new Keypoint("nose", 1f, 2f, 0.1f),
                                new Keypoint("1", 3f, 4f, 0.2f)),
                        List.of(
                                new Keypoint("nose", 5f, 6f, 0.3f),
                                new Keypoint("1", 7f, 8f, 0.4f)));
    }

    @Test
    void mapsTheClassOfEveryPixelWithItsCounts() throws IOException {
        ClassMap map = ClassMap.of(3, 1, new byte[] {0, 0, 7});

        FrameDetections record = map(Findings.of(map));

        assertThat(record.getStatus()).isEqualTo(FrameStatus.OBJECTS);
        assertThat(record.getSegmentation())
                .isEqualTo(
                        new Segmentation(
                                3,
                                1,
                                ByteBuffer.wrap(new byte[] {0, 2, 7, 1}),
                                List.of(
                                        new ClassPixels(0, "person", 2L),
                                        new ClassPixels(7, "7", 1L))));
        assertThat(map(Detections.empty()).getSegmentation()).isNull();
    }

    @Test
    void mapsRawTensors() {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
        RawTensor tensor = new RawTensor("out", DataType.FLOAT32, List.of(1, 2), data);

        FrameDetections record = map(Findings.nothing().withTensors(List.of(tensor)));

        assertThat(record.getStatus()).isEqualTo(FrameStatus.OBJECTS);
        assertThat(record.getTensors())
                .containsExactly(
                        new Tensor(
                                "out",
                                TensorDataType.FLOAT32,
                                List.of(1, 2),
                                ByteBuffer.wrap(data)));
    }

    /** Every type has its symbol, so that a new one is not mapped to an unknown one silently. */
    @ParameterizedTest
    @EnumSource(DataType.class)
    void namesEveryTypeOfTensor(DataType type) {
        RawTensor tensor = new RawTensor("out", type, List.of(0), new byte[0]);

        assertThat(
                        map(Findings.nothing().withTensors(List.of(tensor)))
                                .getTensors()
                                .get(0)
                                .getDataType()
                                .name())
                .isEqualTo(type.name());
    }

    @Test
    void makesRecordsThatCanBeWritten() throws IOException {
        RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();
        for (FrameDetections record : List.of(map(Detections.empty()), map(one(-1)))) {
            assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
        }
    }

    @Test
    void makesADeadLetterOfARejectedFrame() {
        DeadLetter letter =
                mapper.deadLetter(
                        opened,
                        new Rejected(Stage.DECODE, FailureCode.TRUNCATED_IMAGE, "ends early"));

        assertThat(letter.getCameraId()).isEqualTo("gate");
        assertThat(letter.getSequence()).isEqualTo(7);
        assertThat(letter.getSourceOffset()).isEqualTo(opened.message().offset());
        assertThat(letter.getStage()).isEqualTo("decode");
        assertThat(letter.getCode()).isEqualTo("TRUNCATED_IMAGE");
        assertThat(letter.getMessage()).isEqualTo("ends early");
        assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(opened.message().value()));
    }

    private FrameDetections map(Findings findings) {
        return mapper.detections(
                opened, FrameControl.NONE, new Examined(1920, 1080, findings, TIMES), 6_789);
    }

    private FrameDetections map(Detections detections) {
        return mapper.detections(
                opened, FrameControl.NONE, new Examined(1920, 1080, detections, TIMES), 6_789);
    }

    private static Detections one(int classId) {
        return Detections.of(new float[4], new float[] {0.5f}, new int[] {classId});
    }

    private static DetectedObject object(int classId, String label, float score, BoundingBox box) {
        return new DetectedObject(classId, label, score, box, null, null, null);
    }
}

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
package io.frameflow.operators.control;

import static io.frameflow.operators.control.ControlMessages.control;
import static io.frameflow.operators.control.ControlMessages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.failure.FailureCode;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.schema.Control;
import io.frameflow.schema.codec.RecordCodec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ControlReaderTest {
    private final ControlReader reader = new ControlReader();

    @Test
    void readsEveryField() {
        Control.Builder full =
                control("c-1")
                        .setCameraId("gate")
                        .setReset(true)
                        .setScoreThreshold(0f)
                        .setNmsIouThreshold(1f)
                        .setDenoiseEnabled(true)
                        .setDenoiseStrength(0.5f)
                        .setDenoisePreset("indoor_low_light")
                        .setTrackingEnabled(false);

        assertThat(reader.read(message(42, full)))
                .isEqualTo(
                        new ControlReader.Accepted(
                                new ControlOrigin("control", 0, 42, "c-1", "gate", 7L),
                                new ControlChange(
                                        "c-1",
                                        "gate",
                                        7,
                                        true,
                                        new CameraSettings(
                                                0f,
                                                1f,
                                                true,
                                                0.5f,
                                                DenoisePreset.INDOOR_LOW_LIGHT,
                                                false),
                                        null)));
    }

    @Test
    void readsAModelForAllCameras() {
        ControlReader.Outcome outcome =
                reader.read(message(0, control("c").setModelFile("/models/a.yaml")));

        assertThat(((ControlReader.Accepted) outcome).change().modelFile())
                .isEqualTo("/models/a.yaml");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("nonsense")
    void refusesNonsenseAndSaysWhy(Control.Builder nonsense, String reason) {
        ControlReader.Outcome outcome = reader.read(message(3, nonsense));

        ControlReader.Refused refused = (ControlReader.Refused) outcome;
        assertThat(refused.refusal().code()).isEqualTo(FailureCode.INVALID_CONTROL);
        assertThat(refused.refusal().message()).contains(reason);
        assertThat(refused.origin().controlId()).isEqualTo("c");
        assertThat(refused.origin().offset()).isEqualTo(3);
    }

    static List<Arguments> nonsense() {
        return List.of(
                Arguments.of(
                        control("c").setScoreThreshold(Float.NaN),
                        "score_threshold is NaN, must be from 0 to 1"),
                Arguments.of(
                        control("c").setScoreThreshold(Math.nextDown(0f)), "score_threshold is"),
                Arguments.of(
                        control("c").setNmsIouThreshold(Math.nextUp(1f)), "nms_iou_threshold is"),
                Arguments.of(
                        control("c").setDenoiseStrength(Float.NEGATIVE_INFINITY),
                        "denoise_strength is"),
                Arguments.of(
                        control("c").setDenoisePreset("indoor_lowlight"),
                        "did you mean 'indoor_low_light'?"),
                Arguments.of(control("c").setDenoisePreset("x".repeat(5000)), "is too long"),
                Arguments.of(control("c").setDenoisePreset(""), "must be one of default"),
                Arguments.of(control("c").setModelFile(" "), "model_file has 1 bytes"),
                Arguments.of(control("c").setModelFile("a\0b"), "model_file has 3 bytes"),
                Arguments.of(
                        control("c").setModelFile("x".repeat(4097)), "model_file has 4097 bytes"),
                Arguments.of(
                        control("c").setModelFile("a.yaml").setCameraId("gate"),
                        "leave camera_id null"),
                Arguments.of(control("c"), "changes nothing"));
    }

    @Test
    void refusesNamesThatNoRecordCanRepeat() {
        assertRefused(
                reader.read(message(0, control("").setReset(true))),
                FailureCode.INVALID_CONTROL_ID);
        assertRefused(
                reader.read(message(0, control("ä".repeat(128)).setReset(true))),
                FailureCode.INVALID_CONTROL_ID);
        assertRefused(
                reader.read(message(0, control("c").setCameraId("").setReset(true))),
                FailureCode.INVALID_CAMERA_ID);
        assertRefused(
                reader.read(message(0, control("c").setCameraId("x".repeat(256)).setReset(true))),
                FailureCode.INVALID_CAMERA_ID);
    }

    @Test
    void refusesWhatIsNoControlMessage() {
        byte[] valid = RecordCodec.forControl().encode(control("c").setReset(true).build());

        assertRefused(read(null), FailureCode.NO_VALUE);
        assertRefused(read(new byte[0]), FailureCode.EMPTY_VALUE);
        assertRefused(read(new byte[] {1, 2, 3}), FailureCode.NOT_SINGLE_OBJECT);
        assertRefused(
                read(RecordCodec.forFrame().encode(TestFrames.frame("gate", 0))),
                FailureCode.WRONG_RECORD);
        assertRefused(read(Arrays.copyOf(valid, valid.length - 2)), FailureCode.MALFORMED_RECORD);
        assertRefused(read(Arrays.copyOf(valid, valid.length + 1)), FailureCode.TRAILING_BYTES);
        byte[] unknown = valid.clone();
        unknown[5]++;
        assertRefused(read(unknown), FailureCode.UNKNOWN_SCHEMA);
        assertRefused(
                read(new byte[ControlReader.MAX_MESSAGE_BYTES + 1]), FailureCode.MESSAGE_TOO_LARGE);
    }

    private ControlReader.Outcome read(byte[] value) {
        return reader.read(new ControlMessage("control", 0, 0, value));
    }

    private static void assertRefused(ControlReader.Outcome outcome, FailureCode code) {
        ControlReader.Refused refused = (ControlReader.Refused) outcome;
        assertThat(refused.refusal().code()).isEqualTo(code);
        assertThat(refused.origin().controlId()).isNull();
        assertThat(refused.origin().cameraId()).isNull();
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.deadletter.FrameIdentity;
import io.frameflow.operators.envelope.EnvelopeOpener.Opened;
import io.frameflow.operators.envelope.EnvelopeOpener.Outcome;
import io.frameflow.operators.envelope.EnvelopeOpener.Refused;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.schema.Control;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeOpenerTest {
    private static final int MAX_MESSAGE_BYTES = 10_000;
    private static final String CAMERA = "Straße 1";

    private final EnvelopeOpener opener = new EnvelopeOpener(MAX_MESSAGE_BYTES);

    @Test
    void opensAFrame() {
        Frame frame = TestFrames.frame(CAMERA, 7);
        FrameMessage message = message(frame);

        OpenedFrame opened = opened(message);

        assertThat(opened.message()).isSameAs(message);
        assertThat(opened.session()).isEqualTo(TestFrames.SESSION);
        assertThat(opened.frame().cameraId()).isEqualTo(CAMERA);
        assertThat(opened.frame().sequence()).isEqualTo(7);
        assertThat(opened.frame().captureTimeMicros()).isEqualTo(TestFrames.captureTimeMicros(7));
        assertThat(opened.frame().encoding()).isEqualTo(ImageEncoding.JPEG);
        assertThat(opened.frame().width()).isZero();
        assertThat(opened.frame().image()).isEqualTo(frame.getImage());
    }

    @Test
    void doesNotCopyThePicture() {
        FrameMessage message = message(TestFrames.frame(CAMERA, 7));

        ByteBuffer image = opened(message).frame().image();

        assertThat(image.arrayOffset()).isPositive();
        assertThat(image.array()).isSameAs(message.value());
    }

    @ParameterizedTest
    @EnumSource(value = FrameEncoding.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void knowsEveryEncodingByItsName(FrameEncoding encoding) {
        OpenedFrame opened = opened(changed(frame -> frame.setEncoding(encoding)));

        assertThat(opened.frame().encoding().name()).isEqualTo(encoding.name());
    }

    @Test
    void opensAFrameWithoutSession() {
        assertThat(opened(changed(frame -> frame.setSession(null))).session()).isNull();
    }

    @Test
    void refusesAMessageWithoutValue() {
        assertThat(codeOf(new FrameMessage("frames", 0, 0, 0, new byte[0], null)))
                .isEqualTo(FailureCode.NO_VALUE);
    }

    @Test
    void refusesAnEmptyValue() {
        assertThat(codeOf(TestFrames.messageOf(CAMERA, new byte[0])))
                .isEqualTo(FailureCode.EMPTY_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0,", "1, MESSAGE_TOO_LARGE"})
    void refusesAValueBeyondTheLimit(int excess, FailureCode expected) {
        byte[] small = message(TestFrames.frame(CAMERA, 1)).value();
        EnvelopeOpener limited = new EnvelopeOpener(small.length - excess);

        Outcome outcome = limited.open(TestFrames.messageOf(CAMERA, small));

        assertThat(outcome instanceof Refused refused ? refused.rejection().code() : null)
                .isEqualTo(expected);
    }

    @Test
    void refusesTextAndForeignFormats() {
        byte[] json = "{\"camera_id\": \"gate\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(codeOf(TestFrames.messageOf(CAMERA, json)))
                .isEqualTo(FailureCode.NOT_SINGLE_OBJECT);
    }

    @Test
    void refusesAnUnknownSchema() {
        byte[] value = message(TestFrames.frame(CAMERA, 1)).value();
        value[4] ^= 1;

        assertThat(codeOf(TestFrames.messageOf(CAMERA, value)))
                .isEqualTo(FailureCode.UNKNOWN_SCHEMA);
    }

    @Test
    void refusesAnotherRecord() {
        Control control = Control.newBuilder().setControlId("c").setIssuedAtUs(1).build();
        byte[] value = RecordCodec.forControl().encode(control);

        assertThat(codeOf(TestFrames.messageOf(CAMERA, value))).isEqualTo(FailureCode.WRONG_RECORD);
    }

    @Test
    void refusesATruncatedRecord() {
        byte[] value = message(TestFrames.frame(CAMERA, 1)).value();

        assertThat(codeOf(TestFrames.messageOf(CAMERA, Arrays.copyOf(value, value.length - 1))))
                .isEqualTo(FailureCode.MALFORMED_RECORD);
    }

    @Test
    void refusesBytesBehindTheRecord() {
        byte[] value = message(TestFrames.frame(CAMERA, 1)).value();

        assertThat(codeOf(TestFrames.messageOf(CAMERA, Arrays.copyOf(value, value.length + 1))))
                .isEqualTo(FailureCode.TRAILING_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"0, INVALID_CAMERA_ID", "1,", "255,", "256, INVALID_CAMERA_ID"})
    void limitsTheCameraIdInBytes(int bytes, FailureCode expected) {
        // Two bytes a letter, and one more where the number is odd.
        String camera = "ß".repeat(bytes / 2) + "x".repeat(bytes % 2);

        assertThat(codeOf(message(TestFrames.frame(camera, 1)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,", "255,", "256, INVALID_SESSION"})
    void limitsTheSessionInBytes(int bytes, FailureCode expected) {
        assertThat(codeOf(changed(frame -> frame.setSession("x".repeat(bytes)))))
                .isEqualTo(expected);
    }

    @Test
    void putsNoNameBeyondItsLimitIntoALetter() {
        Refused refused = refused(message(TestFrames.frame("x".repeat(5_000), 1)));

        assertThat(refused.identity()).isEqualTo(FrameIdentity.UNKNOWN);
        assertThat(refused.rejection().message()).hasSizeLessThan(200);
    }

    @Test
    void refusesAnotherKeyOrNone() {
        byte[] value = RecordCodec.forFrame().encode(TestFrames.frame(CAMERA, 1));

        assertThat(codeOf(TestFrames.messageOf("other", value)))
                .isEqualTo(FailureCode.KEY_MISMATCH);
        assertThat(codeOf(new FrameMessage("frames", 0, 0, 0, null, value)))
                .isEqualTo(FailureCode.KEY_MISMATCH);
    }

    @Test
    void refusesANegativeSequence() {
        assertThat(codeOf(changed(frame -> frame.setSequence(-1))))
                .isEqualTo(FailureCode.INVALID_SEQUENCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4_102_444_800_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesACaptureTimeOfNoSensibleClock(long captureTimeMicros) {
        assertThat(codeOf(changed(frame -> frame.setCaptureTimeUs(captureTimeMicros))))
                .isEqualTo(FailureCode.INVALID_CAPTURE_TIME);
    }

    @Test
    void refusesAnUnknownEncoding() {
        assertThat(codeOf(changed(frame -> frame.setEncoding(FrameEncoding.UNKNOWN))))
                .isEqualTo(FailureCode.UNKNOWN_ENCODING);
    }

    @Test
    void saysWhichFrameWasRefusedWhereItCouldBeRead() {
        Refused refused = refused(changed(frame -> frame.setSequence(-1)));

        assertThat(refused.identity())
                .isEqualTo(
                        new FrameIdentity(
                                CAMERA, TestFrames.SESSION, -1L, TestFrames.captureTimeMicros(1)));
        assertThat(refused.rejection().stage()).isEqualTo(Stage.ENVELOPE);
        assertThat(refused.rejection().message()).contains("-1");
    }

    @Test
    void opensOrRefusesWhateverTheBytesAre() {
        Random random = new Random(3);
        byte[] valid = message(TestFrames.frame(CAMERA, 1)).value();
        for (int i = 0; i < 5_000; i++) {
            byte[] value = Arrays.copyOf(valid, random.nextInt(valid.length + 3));
            for (int damage = random.nextInt(5); damage > 0 && value.length > 0; damage--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }

            assertThat(opener.open(TestFrames.messageOf(CAMERA, value))).isNotNull();
        }
    }

    private static FrameMessage changed(Consumer<Frame> change) {
        Frame frame = TestFrames.frame(CAMERA, 1);
        change.accept(frame);
        return message(frame);
    }

    private static FrameMessage message(Frame frame) {
        return TestFrames.messageOf(frame.getCameraId(), RecordCodec.forFrame().encode(frame));
    }

    private OpenedFrame opened(FrameMessage message) {
        return ((Opened) opener.open(message)).frame();
    }

    private Refused refused(FrameMessage message) {
        return (Refused) opener.open(message);
    }

    /** The code with which a message is refused, or null where it is opened. */
    private FailureCode codeOf(FrameMessage message) {
        return opener.open(message) instanceof Refused refused ? refused.rejection().code() : null;
    }
}

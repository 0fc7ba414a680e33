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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.schema.Control;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

    static List<Named<SpecificRecord>> samples() {
        return SampleRecords.named();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsWhatItWrote(SpecificRecord sample) throws IOException {
        RecordCodec<SpecificRecord> codec = SampleRecords.codecOf(sample);

        assertThat(codec.decode(codec.encode(sample))).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void copiesWithoutSharing(SpecificRecord sample) {
        SpecificRecord copy = SampleRecords.codecOf(sample).copy(sample);

        assertThat(copy).isEqualTo(sample).isNotSameAs(sample).hasSameClassAs(sample);
    }

    @Test
    void tellsWhichKindOfRecordBytesClaimToBe() {
        byte[] event = RecordCodec.forTrackEvent().encode(SampleRecords.trackEvent());

        assertThat(RecordCodec.forTrackEvent().isOfThisKind(event)).isTrue();
        assertThat(RecordCodec.forControlAcknowledgement().isOfThisKind(event)).isFalse();
        assertThat(RecordCodec.forTrackEvent().isOfThisKind(new byte[0])).isFalse();
        assertThat(RecordCodec.forTrackEvent().isOfThisKind(new byte[] {1, 2, 3})).isFalse();
    }

    @Test
    void writesTheSameBytesAsAvroItself() throws IOException {
        ByteBuffer expected = Frame.getEncoder().encode(SampleRecords.frame());

        assertThat(ByteBuffer.wrap(RecordCodec.forFrame().encode(SampleRecords.frame())))
                .isEqualTo(expected);
    }

    @Test
    void beginsWithTheMarkerAndTheFingerprintInLittleEndianOrder() {
        byte[] bytes = RecordCodec.forControl().encode(SampleRecords.control());
        long fingerprint = SchemaCatalog.fingerprint(Control.getClassSchema());

        assertThat(HexFormat.of().formatHex(bytes, 0, 2)).isEqualTo("c301");
        assertThat(HexFormat.of().formatHex(bytes, 2, 10))
                .isEqualTo("%016x".formatted(Long.reverseBytes(fingerprint)));
    }

    @Test
    void readsAndWritesManyRecordsOneAfterTheOther() throws IOException {
        RecordCodec<Frame> codec = RecordCodec.forFrame();
        for (int i = 0; i < 100; i++) {
            Frame frame = SampleRecords.frame();
            frame.setSequence(i);
            frame.setImage(ByteBuffer.wrap(new byte[i]));

            assertThat(codec.decode(codec.encode(frame))).isEqualTo(frame);
        }
    }

    @Test
    void goesOnAfterBytesThatItRefused() throws IOException {
        RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();
        byte[] bytes = codec.encode(SampleRecords.frameDetections());
        for (int length = 10; length < bytes.length; length++) {
            problemOf(codec, Arrays.copyOf(bytes, length));

            assertThat(codec.decode(bytes)).isEqualTo(SampleRecords.frameDetections());
        }
    }

    @Test
    void returnsThePictureAsASliceOfTheBytes() throws IOException {
        RecordCodec<Frame> codec = RecordCodec.forFrame();
        byte[] bytes = codec.encode(SampleRecords.frame());

        ByteBuffer image = codec.decode(bytes).getImage();

        assertThat(image.array()).isSameAs(bytes);
        assertThat(image.arrayOffset()).isEqualTo(bytes.length - 6);
        assertThat(image.position()).isZero();
        assertThat(image.remaining()).isEqualTo(6).isEqualTo(image.capacity());
        assertThat(image).isEqualTo(SampleRecords.frame().getImage());
    }

    @Test
    void tellsWhatIsWrongWithBytes() {
        byte[] frame = RecordCodec.forFrame().encode(SampleRecords.frame());
        byte[] control = RecordCodec.forControl().encode(SampleRecords.control());
        byte[] unknown = frame.clone();
        unknown[5] ^= 1;
        byte[] otherMarker = frame.clone();
        otherMarker[1] = 2;
        RecordCodec<Frame> codec = RecordCodec.forFrame();

        assertThat(problemOf(codec, new byte[0])).isEqualTo(DecodeProblem.EMPTY);
        assertThat(problemOf(codec, new byte[] {(byte) 0xC3}))
                .isEqualTo(DecodeProblem.NOT_SINGLE_OBJECT);
        assertThat(problemOf(codec, Arrays.copyOf(frame, 9)))
                .isEqualTo(DecodeProblem.NOT_SINGLE_OBJECT);
        assertThat(problemOf(codec, otherMarker)).isEqualTo(DecodeProblem.NOT_SINGLE_OBJECT);
        assertThat(problemOf(codec, unknown)).isEqualTo(DecodeProblem.UNKNOWN_SCHEMA);
        assertThat(problemOf(codec, control)).isEqualTo(DecodeProblem.OTHER_RECORD);
        assertThat(problemOf(codec, Arrays.copyOf(frame, 10))).isEqualTo(DecodeProblem.MALFORMED);
        assertThat(problemOf(codec, Arrays.copyOf(frame, frame.length - 1)))
                .isEqualTo(DecodeProblem.MALFORMED);
        assertThat(problemOf(codec, Arrays.copyOf(frame, frame.length + 1)))
                .isEqualTo(DecodeProblem.TRAILING_BYTES);
    }

    private static DecodeProblem problemOf(RecordCodec<?> codec, byte[] bytes) {
        return assertThatExceptionOfType(RecordDecodingException.class)
                .isThrownBy(() -> codec.decode(bytes))
                .actual()
                .problem();
    }
}

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
package io.frameflow.operators.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {
    private static final TrackEvent EVENT =
            TrackEvent.newBuilder()
                    .setCameraId("gate")
                    .setTrackId(5)
                    .setType(TrackEventType.LOST)
                    .setSequence(7)
                    .setCaptureTimeUs(8)
                    .setClassId(0)
                    .setLabel("car")
                    .setScore(0.5f)
                    .setLeft(1)
                    .setTop(2)
                    .setWidth(3)
                    .setHeight(4)
                    .setFirstCaptureTimeUs(6)
                    .setDetections(2)
                    .build();

    static List<TypeInformation<?>> types() {
        return List.of(
                FrameMessage.type(),
                OpenedFrame.type(),
                RecordTypes.frameDetections(),
                RecordTypes.deadLetter(),
                RecordTypes.trackEvent(),
                RecordTypes.control());
    }

    @ParameterizedTest
    @MethodSource("types")
    void travelWithTheJobGraph(TypeInformation<?> type) throws Exception {
        assertThat(InstantiationUtil.clone(type)).isEqualTo(type).hasSameHashCodeAs(type);
        assertThat(type.isKeyType()).isFalse();
        assertThat(type.getTotalFields()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("types")
    void areFoundAgainInSavepoints(TypeInformation<?> type) throws IOException {
        TypeSerializer<?> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<?> restored =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(isCompatible(serializer.snapshotConfiguration(), restored)).isTrue();
    }

    @Test
    void doNotTakeOneRecordForAnother() {
        TypeSerializer<?> events = serializer(RecordTypes.trackEvent());
        TypeSerializer<?> letters = serializer(RecordTypes.deadLetter());

        assertThat(isCompatible(events.snapshotConfiguration(), letters.snapshotConfiguration()))
                .isFalse();
        assertThat(RecordTypes.trackEvent()).isNotEqualTo(RecordTypes.deadLetter());
    }

    @Test
    void carryRecords() throws IOException {
        TypeSerializer<TrackEvent> serializer = serializer(RecordTypes.trackEvent());
        TrackEvent copy = serializer.copy(EVENT);

        assertThat(transfer(serializer, EVENT)).isEqualTo(EVENT);
        assertThat(copy).isEqualTo(EVENT).isNotSameAs(EVENT);
        assertThat(DeadLetters.TAG.getTypeInfo()).isEqualTo(RecordTypes.deadLetter());
    }

    @Test
    void carryMessages() throws IOException {
        TypeSerializer<FrameMessage> serializer = serializer(FrameMessage.type());
        FrameMessage message = TestFrames.message("gate", 7);
        FrameMessage tombstone = new FrameMessage("frames", 1, 2, 3, null, null);

        assertSameContents(message, transfer(serializer, message));
        assertSameContents(tombstone, transfer(serializer, tombstone));
        assertThat(serializer.copy(message)).isSameAs(message);
    }

    @Test
    void carryFramesWithThePictureInsideTheMessage() throws IOException {
        TypeSerializer<OpenedFrame> serializer = serializer(OpenedFrame.type());
        OpenedFrame opened = TestFrames.opened("gate", 7);
        byte[] value = opened.message().value();
        EncodedFrame frame = withImage(opened.frame(), ByteBuffer.wrap(value, 1, 3).slice());
        OpenedFrame sliced = new OpenedFrame(opened.message(), null, frame);

        OpenedFrame transferred = transfer(serializer, sliced);

        assertSameContents(sliced.message(), transferred.message());
        assertThat(transferred.session()).isNull();
        assertThat(transferred.frame()).isEqualTo(frame);
        assertThat(transferred.frame().image().arrayOffset()).isEqualTo(1);
        assertThat(transferred.frame().image().array()).isSameAs(transferred.message().value());
        assertThat(serializer.copy(opened)).isSameAs(opened);
    }

    @Test
    void refuseAFrameWhosePictureIsElsewhere() {
        OpenedFrame opened = TestFrames.opened("gate", 7);
        EncodedFrame elsewhere = withImage(opened.frame(), ByteBuffer.allocate(3));
        OpenedFrame foreign = new OpenedFrame(opened.message(), null, elsewhere);

        assertThatIOException()
                .isThrownBy(() -> transfer(serializer(OpenedFrame.type()), foreign))
                .withMessageContaining("not in its message");
    }

    /** Writes, copies as bytes, and reads. */
    private static <T> T transfer(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer written = new DataOutputSerializer(64);
        serializer.serialize(value, written);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.duplicate().copy(new DataInputDeserializer(written.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(written.getCopyOfBuffer());
        DataInputDeserializer source = new DataInputDeserializer(copied.getCopyOfBuffer());
        T read = serializer.deserialize(source);
        assertThat(source.available()).isZero();
        return read;
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Snapshots of any two types are compared.
    private static boolean isCompatible(TypeSerializerSnapshot now, TypeSerializerSnapshot before) {
        return now.resolveSchemaCompatibility(before).isCompatibleAsIs();
    }

    private static EncodedFrame withImage(EncodedFrame frame, ByteBuffer image) {
        return new EncodedFrame(
                frame.cameraId(),
                frame.sequence(),
                frame.captureTimeMicros(),
                frame.encoding(),
                FakeResults.WIDTH,
                FakeResults.HEIGHT,
                image);
    }

    private static void assertSameContents(FrameMessage expected, FrameMessage actual) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}

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

import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.types.ImmutableTypeSerializer;
import io.frameflow.pipeline.EncodedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes an opened frame as its message, its fields, and where in the message the picture lies, so
 * that the picture is written once. Used only where frames leave the task that opened them.
 */
public final class OpenedFrameSerializer extends ImmutableTypeSerializer<OpenedFrame> {
    /** The one instance; it has no state. */
    public static final OpenedFrameSerializer INSTANCE = new OpenedFrameSerializer();

    private OpenedFrameSerializer() {}

    @Override
    public OpenedFrame createInstance() {
        FrameMessage message = new FrameMessage("", 0, 0, 0, null, new byte[0]);
        return new OpenedFrame(
                message,
                null,
                new EncodedFrame("", 0, 0, ImageEncoding.JPEG, 0, 0, ByteBuffer.allocate(0)));
    }

    @Override
    public void serialize(OpenedFrame opened, DataOutputView target) throws IOException {
        EncodedFrame frame = opened.frame();
        ByteBuffer image = frame.image();
        if (image.array() != opened.message().value()) {
            throw new IOException("the picture of " + opened.message() + " is not in its message");
        }
        FrameMessageSerializer.INSTANCE.serialize(opened.message(), target);
        StringValue.writeString(opened.session(), target);
        StringValue.writeString(frame.cameraId(), target);
        target.writeLong(frame.sequence());
        target.writeLong(frame.captureTimeMicros());
        target.writeUTF(frame.encoding().name());
        target.writeInt(frame.width());
        target.writeInt(frame.height());
        target.writeInt(image.arrayOffset() + image.position());
        target.writeInt(image.remaining());
    }

    @Override
    public OpenedFrame deserialize(DataInputView source) throws IOException {
        FrameMessage message = FrameMessageSerializer.INSTANCE.deserialize(source);
        byte[] value = message.value();
        if (value == null) {
            throw new IOException("the message of an opened frame has no value: " + message);
        }
        String session = StringValue.readString(source);
        EncodedFrame frame =
                new EncodedFrame(
                        StringValue.readString(source),
                        source.readLong(),
                        source.readLong(),
                        ImageEncoding.valueOf(source.readUTF()),
                        source.readInt(),
                        source.readInt(),
                        ByteBuffer.wrap(value, source.readInt(), source.readInt()).slice());
        return new OpenedFrame(message, session, frame);
    }

    @Override
    public TypeSerializerSnapshot<OpenedFrame> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenedFrame> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

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

import io.frameflow.operators.types.ImmutableTypeSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a message field by field; used only where messages leave the task of the source. */
public final class FrameMessageSerializer extends ImmutableTypeSerializer<FrameMessage> {
    /** The one instance; it has no state. */
    public static final FrameMessageSerializer INSTANCE = new FrameMessageSerializer();

    private static final int ABSENT = -1;

    private FrameMessageSerializer() {}

    @Override
    public FrameMessage createInstance() {
        return new FrameMessage("", 0, 0, 0, null, null);
    }

    @Override
    public void serialize(FrameMessage message, DataOutputView target) throws IOException {
        target.writeUTF(message.topic());
        target.writeInt(message.partition());
        target.writeLong(message.offset());
        target.writeLong(message.timestampMillis());
        writeBytes(message.key(), target);
        writeBytes(message.value(), target);
    }

    @Override
    public FrameMessage deserialize(DataInputView source) throws IOException {
        return new FrameMessage(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                readBytes(source),
                readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<FrameMessage> snapshotConfiguration() {
        return new Snapshot();
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputView target)
            throws IOException {
        if (bytes == null) {
            target.writeInt(ABSENT);
        } else {
            target.writeInt(bytes.length);
            target.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    /** Names the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameMessage> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

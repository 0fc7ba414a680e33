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
package io.frameflow.operators.control.coordination;

import io.frameflow.operators.control.ControlMessage;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.control.SettingsTableFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator keeps in checkpoints.
 *
 * @param feed name of the feed that {@code positions} are about
 * @param positions offset of the next message of each partition
 * @param table all that is set
 * @param opening the message whose model is being opened; null where there is none
 * @param waiting messages that wait for the end of that opening, in their order
 * @param outbox acknowledgements that wait
 */
record DeskState(
        String feed,
        Map<Integer, Long> positions,
        SettingsTable table,
        @Nullable ControlMessage opening,
        List<ControlMessage> waiting,
        Outbox outbox) {
    private static final int FORMAT = 2;

    /** Nothing could wait for the end of an opening. */
    private static final int FORMAT_WITHOUT_WAITING = 1;

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT);
        out.writeUTF(feed);
        Map<Integer, Long> sorted = new TreeMap<>(positions);
        out.writeInt(sorted.size());
        for (Map.Entry<Integer, Long> position : sorted.entrySet()) {
            out.writeInt(position.getKey());
            out.writeLong(position.getValue());
        }
        SettingsTableFormat.write(table, out);
        out.writeBoolean(opening != null);
        if (opening != null) {
            writeMessage(opening, out);
        }
        out.writeInt(waiting.size());
        for (ControlMessage message : waiting) {
            writeMessage(message, out);
        }
        outbox.write(out);
        return bytes.toByteArray();
    }

    /**
     * Reads what a checkpoint held.
     *
     * @param empty takes the acknowledgements that waited
     * @throws IOException if the bytes are those of another version
     */
    static DeskState of(byte[] bytes, Outbox empty) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != FORMAT && format != FORMAT_WITHOUT_WAITING) {
            throw new IOException("unknown format of control's state: " + format);
        }
        String feed = in.readUTF();
        Map<Integer, Long> positions = new HashMap<>();
        int partitions = in.readInt();
        for (int i = 0; i < partitions; i++) {
            positions.put(in.readInt(), in.readLong());
        }
        SettingsTable table = SettingsTableFormat.read(in);
        ControlMessage opening = in.readBoolean() ? readMessage(in) : null;
        List<ControlMessage> waiting = new ArrayList<>();
        int count = format == FORMAT_WITHOUT_WAITING ? 0 : in.readInt();
        for (int i = 0; i < count; i++) {
            waiting.add(readMessage(in));
        }
        empty.read(in);
        return new DeskState(feed, positions, table, opening, waiting, empty);
    }

    private static void writeMessage(ControlMessage message, DataOutputStream out)
            throws IOException {
        byte[] value = Objects.requireNonNull(message.value());
        out.writeUTF(message.topic());
        out.writeInt(message.partition());
        out.writeLong(message.offset());
        out.writeInt(value.length);
        out.write(value);
    }

    private static ControlMessage readMessage(DataInputStream in) throws IOException {
        String topic = in.readUTF();
        int partition = in.readInt();
        long offset = in.readLong();
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return new ControlMessage(topic, partition, offset, value);
    }
}

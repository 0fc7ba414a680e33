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
package io.frameflow.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a message in the encoding of protocol buffers. */
public final class WireWriter {
    private static final long CONTENT = 0x7F;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An empty message. */
    public WireWriter() {}

    /** Adds a whole number. */
    public WireWriter number(int field, long value) {
        tag(field, WireMessage.VARINT);
        varint(value);
        return this;
    }

    /** Adds a text. */
    public WireWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message. */
    public WireWriter message(int field, WireWriter value) {
        return bytes(field, value.bytes());
    }

    /** Adds bytes. */
    public WireWriter bytes(int field, byte[] value) {
        tag(field, WireMessage.BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Adds a field as it stands elsewhere. */
    WireWriter copy(WireMessage.Field field) {
        ByteBuffer whole = field.whole();
        byte[] bytes = new byte[whole.remaining()];
        whole.get(whole.position(), bytes);
        out.writeBytes(bytes);
        return this;
    }

    private void tag(int field, int type) {
        varint(((long) field << WireMessage.TYPE_BITS) | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~CONTENT) != 0) {
            out.write((int) ((rest & CONTENT) | MORE));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** The message. */
    public byte[] bytes() {
        return out.toByteArray();
    }
}

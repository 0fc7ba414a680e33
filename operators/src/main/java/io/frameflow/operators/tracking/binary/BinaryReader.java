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
package io.frameflow.operators.tracking.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link BinaryWriter} wrote. Bytes that end too early or make no sense end in a
 * {@link MalformedStateException}. Not thread-safe.
 */
public final class BinaryReader {
    private static final int VAR_LONG_BITS = 7;

    private byte[] bytes = {};
    private int position;

    /** Begins to read the given bytes, which are not copied and not changed. */
    public void reset(byte[] newBytes) {
        bytes = newBytes;
        position = 0;
    }

    /** Bytes that were not read yet. */
    public int remaining() {
        return bytes.length - position;
    }

    /** One byte, 0 to 255. */
    public int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    /** Four bytes. */
    public float readFloat() {
        require(Float.BYTES);
        int bits = 0;
        for (int i = 0; i < Float.BYTES; i++) {
            bits = bits << Byte.SIZE | (bytes[position++] & 0xFF);
        }
        return Float.intBitsToFloat(bits);
    }

    /** Eight bytes. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Eight bytes. */
    public long readLong() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (bytes[position++] & 0xFF);
        }
        return value;
    }

    /** A number of one to ten bytes. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VAR_LONG_BITS) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedStateException("a number has more than 10 bytes");
    }

    /**
     * A number of one to ten bytes that must lie in a range.
     *
     * @param most the largest number that makes sense; the smallest is 0
     */
    public int readVarInt(int most) {
        long value = readVarLong();
        if (value < 0 || value > most) {
            throw new MalformedStateException(value + " is not from 0 to " + most);
        }
        return (int) value;
    }

    /** A string. */
    public String readString() {
        int length = readVarInt(remaining());
        require(length);
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** Bytes, of which a copy is returned. */
    public byte[] readBytes() {
        int length = readVarInt(remaining());
        require(length);
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    private void require(int count) {
        if (remaining() < count) {
            throw new MalformedStateException("the bytes end at " + bytes.length);
        }
    }
}

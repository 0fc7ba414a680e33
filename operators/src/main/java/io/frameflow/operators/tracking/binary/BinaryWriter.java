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
 * Appends values to a buffer that grows and is kept. Fixed-size numbers are big-endian; whole
 * numbers that are mostly small are written in groups of 7 bits, lowest first. Not thread-safe.
 */
public final class BinaryWriter {
    private static final int FIRST_CAPACITY = 1024;

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;

    /** Begins anew. */
    public void clear() {
        size = 0;
    }

    /** Bytes written. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** One byte, the lowest 8 bits. */
    public void writeByte(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    /** Four bytes. */
    public void writeFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (bits >>> shift);
        }
    }

    /** Eight bytes. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Eight bytes. */
    public void writeLong(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    /** One to ten bytes, few for numbers close above 0; a negative number takes ten. */
    public void writeVarLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** A string as its length in bytes and its UTF-8. */
    public void writeString(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes, as their number and themselves. */
    public void writeBytes(byte[] bytes) {
        writeVarLong(bytes.length);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void reserve(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(size + bytes, 2 * buffer.length));
        }
    }
}

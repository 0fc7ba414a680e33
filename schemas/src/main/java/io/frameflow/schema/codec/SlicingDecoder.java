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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from an array and returns fields of type {@code bytes} as slices of
 * it, where Avro's own decoder copies them: a frame is little else than its picture.
 *
 * <p>Everything but {@link #readBytes} is left to Avro's decoder, which compares each declared
 * length and count with the bytes that are left before it allocates.
 */
final class SlicingDecoder extends Decoder {
    private byte[] input = {};
    private @Nullable BinaryDecoder delegate;

    /** Begins to read at {@code offset}. */
    void configure(byte[] bytes, int offset) {
        input = bytes;
        delegate =
                DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, delegate);
    }

    /** Whether everything was read. */
    boolean isEnd() throws IOException {
        return in().isEnd();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        BinaryDecoder in = in();
        long length = in.readLong();
        int remaining = in.remainingBytes();
        if (length < 0 || length > remaining) {
            throw new EOFException(
                    "a field declares " + length + " bytes where " + remaining + " are left");
        }
        int start = input.length - remaining;
        in.skipFixed((int) length);
        return ByteBuffer.wrap(input, start, (int) length).slice();
    }

    @Override
    public void readNull() throws IOException {
        in().readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in().readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in().readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in().readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in().readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in().readDouble();
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return in().readString(old);
    }

    @Override
    public String readString() throws IOException {
        return in().readString();
    }

    @Override
    public void skipString() throws IOException {
        in().skipString();
    }

    @Override
    public void skipBytes() throws IOException {
        in().skipBytes();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in().readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in().skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in().readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return in().readArrayStart();
    }

    @Override
    public long arrayNext() throws IOException {
        return in().arrayNext();
    }

    @Override
    public long skipArray() throws IOException {
        return in().skipArray();
    }

    @Override
    public long readMapStart() throws IOException {
        return in().readMapStart();
    }

    @Override
    public long mapNext() throws IOException {
        return in().mapNext();
    }

    @Override
    public long skipMap() throws IOException {
        return in().skipMap();
    }

    @Override
    public int readIndex() throws IOException {
        return in().readIndex();
    }

    @Override
    public int remainingBytes() {
        return in().remainingBytes();
    }

    private BinaryDecoder in() {
        if (delegate == null) {
            throw new IllegalStateException("not configured");
        }
        return delegate;
    }
}

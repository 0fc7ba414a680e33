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

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message in the encoding of protocol buffers: its fields in their order, known or not. Nothing
 * is copied.
 */
public final class WireMessage {
    static final int VARINT = 0;
    static final int LONG = 1;
    static final int BYTES = 2;
    static final int INT = 5;
    static final int TYPE_BITS = 3;

    private static final int TYPE_MASK = 7;
    private static final int LONGEST_VARINT = 63;

    private final List<Field> fields;

    /**
     * One field.
     *
     * @param number its number
     * @param type how it is written
     * @param whole all its bytes, with number and type
     * @param content its bytes without number, type and length
     */
    record Field(int number, int type, ByteBuffer whole, ByteBuffer content) {}

    private WireMessage(List<Field> fields) {
        this.fields = fields;
    }

    /**
     * Reads the fields of a message; messages within it are left as they are.
     *
     * @param bytes the message, from position to limit, which stay where they are
     * @throws IllegalArgumentException if it is none
     */
    public static WireMessage of(ByteBuffer bytes) {
        ByteBuffer message = bytes.duplicate();
        List<Field> fields = new ArrayList<>();
        try {
            while (message.hasRemaining()) {
                fields.add(field(message));
            }
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw new IllegalArgumentException("no protocol buffer", e);
        }
        return new WireMessage(fields);
    }

    private static Field field(ByteBuffer message) {
        int start = message.position();
        long tag = varint(message);
        int type = (int) tag & TYPE_MASK;
        int content = message.position();
        switch (type) {
            case VARINT -> varint(message);
            case LONG -> skip(message, Long.BYTES);
            case BYTES -> {
                int length = Math.toIntExact(varint(message));
                content = message.position();
                skip(message, length);
            }
            case INT -> skip(message, Integer.BYTES);
            default -> throw new IllegalArgumentException("no protocol buffer");
        }
        int end = message.position();
        return new Field(
                Math.toIntExact(tag >>> TYPE_BITS),
                type,
                message.slice(start, end - start),
                message.slice(content, end - content));
    }

    private static void skip(ByteBuffer message, int bytes) {
        if (bytes < 0 || bytes > message.remaining()) {
            throw new BufferUnderflowException();
        }
        message.position(message.position() + bytes);
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift <= LONGEST_VARINT; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protocol buffer");
    }

    /** All fields in their order. */
    List<Field> fields() {
        return fields;
    }

    /** The messages under a number. */
    public List<WireMessage> messages(int number) {
        return contents(number).map(WireMessage::of).toList();
    }

    /** The texts under a number. */
    public List<String> texts(int number) {
        return contents(number).map(WireMessage::text).toList();
    }

    /** The text under a number, empty where there is none. */
    public String text(int number) {
        return contents(number).reduce((first, second) -> second).map(WireMessage::text).orElse("");
    }

    /** The whole number under a number. */
    public Optional<Long> number(int number) {
        return fields.stream()
                .filter(field -> field.number() == number && field.type() == VARINT)
                .reduce((first, second) -> second)
                .map(field -> varint(field.content().duplicate()));
    }

    private Stream<ByteBuffer> contents(int number) {
        return fields.stream()
                .filter(field -> field.number() == number && field.type() == BYTES)
                .map(Field::content);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}

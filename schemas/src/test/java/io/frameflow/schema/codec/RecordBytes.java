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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes Avro's binary encoding item by item, so that tests can write what no encoder would. */
final class RecordBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    /** Begins with bytes that are there. */
    static RecordBytes of(byte[] bytes) {
        return new RecordBytes().raw(bytes);
    }

    /** Begins with the header of a schema. */
    static RecordBytes of(Schema schema) {
        RecordBytes record = new RecordBytes();
        record.bytes.write(0xC3);
        record.bytes.write(0x01);
        long fingerprint = SchemaCatalog.fingerprint(schema);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            record.bytes.write((int) (fingerprint >>> shift));
        }
        return record;
    }

    /** An int, a long, a length, a count, an index of a union or of an enum. */
    RecordBytes number(long value) {
        try {
            encoder.writeLong(value);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RecordBytes string(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        return raw(encoded);
    }

    RecordBytes raw(byte... values) {
        bytes.writeBytes(values);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}

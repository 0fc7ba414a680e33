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
package io.frameflow.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records as plain JSON: fields by their names, null as null, enumerations as text,
 * bytes in Base64. Unlike Avro's own JSON encoding it does not name the branch of a union.
 */
public final class AvroJson {
    private AvroJson() {}

    /** Writes a record as one object. */
    public static void write(JsonGenerator json, IndexedRecord value) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : value.getSchema().getFields()) {
            json.writeFieldName(field.name());
            writeValue(json, field.schema(), value.get(field.pos()));
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Schema schema, @Nullable Object value)
            throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (schema.getType()) {
            case UNION -> writeValue(json, branch(schema, value), value);
            case RECORD -> write(json, (IndexedRecord) value);
            case ARRAY -> writeArray(json, schema, (Collection<?>) value);
            case BYTES -> json.writeBinary(bytes((ByteBuffer) value));
            case STRING, ENUM -> json.writeString(value.toString());
            case INT -> json.writeNumber((Integer) value);
            case LONG -> json.writeNumber((Long) value);
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case NULL -> json.writeNull();
            case MAP, FIXED ->
                    throw new IllegalArgumentException("no schema of this project has " + schema);
        }
    }

    private static void writeArray(JsonGenerator json, Schema schema, Collection<?> values)
            throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            writeValue(json, schema.getElementType(), value);
        }
        json.writeEndArray();
    }

    private static Schema branch(Schema union, Object value) {
        GenericData data = SpecificData.get();
        return union.getTypes().get(data.resolveUnion(union, value));
    }

    private static byte[] bytes(ByteBuffer value) {
        ByteBuffer copy = value.duplicate();
        byte[] bytes = new byte[copy.remaining()];
        copy.get(bytes);
        return bytes;
    }
}

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

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's view of a generated class and those nested in it, and of no others: neither bytes nor a
 * schema can name a class to load.
 *
 * <p>Avro by itself refuses to look up classes that were not declared to be trusted, for the whole
 * process; a closed set needs no such declaration.
 */
final class GeneratedClasses extends SpecificData {
    private final Map<String, Class<?>> classes = new HashMap<>();

    GeneratedClasses(Class<? extends SpecificRecord> type) {
        super(type.getClassLoader());
        add(getSchema(type));
    }

    private void add(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (classes.putIfAbsent(schema.getFullName(), load(schema)) == null) {
                    schema.getFields().forEach(field -> add(field.schema()));
                }
            }
            case ENUM, FIXED -> classes.put(schema.getFullName(), load(schema));
            case ARRAY -> add(schema.getElementType());
            case MAP -> add(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::add);
            default -> {}
        }
    }

    private Class<?> load(Schema schema) {
        try {
            return Class.forName(schema.getFullName(), false, getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class was generated for " + schema.getName(), e);
        }
    }

    /** Returns null for a named type that is not in the set; Avro then reads it generically. */
    @Override
    @SuppressWarnings("rawtypes") // As Avro declares it.
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> classes.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}

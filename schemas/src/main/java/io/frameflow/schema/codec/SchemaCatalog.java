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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** All schemas that a reader knows, by fingerprint: today's and every released one. Immutable. */
final class SchemaCatalog {
    private final Map<Long, Schema> schemas = new TreeMap<>();

    /**
     * Collects the schemas.
     *
     * @param current today's schemas, one for each kind of record
     * @param released resources with older schemas, as absolute resource names
     */
    SchemaCatalog(List<Schema> current, List<String> released) {
        Stream.concat(current.stream(), released.stream().map(SchemaCatalog::load))
                .forEach(schema -> schemas.put(fingerprint(schema), schema));
    }

    /** The CRC-64-AVRO fingerprint of the parsing canonical form. */
    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    @Nullable Schema find(long fingerprint) {
        return schemas.get(fingerprint);
    }

    static Schema load(String resource) {
        try (InputStream in = SchemaCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}

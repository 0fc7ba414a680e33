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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The .avsc files are all that a foreign client has, so they explain every field. */
class SchemaDocumentationTest {

    static List<Named<SpecificRecord>> samples() {
        return SampleRecords.named();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void explainsEveryTypeAndField(SpecificRecord sample) {
        List<String> unexplained = new ArrayList<>();
        collect(sample.getSchema(), unexplained);

        assertThat(unexplained).isEmpty();
    }

    private static void collect(Schema schema, List<String> unexplained) {
        switch (schema.getType()) {
            case RECORD -> {
                requireDoc(schema.getFullName(), schema.getDoc(), unexplained);
                for (Schema.Field field : schema.getFields()) {
                    requireDoc(schema.getName() + "." + field.name(), field.doc(), unexplained);
                    collect(field.schema(), unexplained);
                }
            }
            case ENUM -> requireDoc(schema.getFullName(), schema.getDoc(), unexplained);
            case ARRAY -> collect(schema.getElementType(), unexplained);
            case UNION -> schema.getTypes().forEach(type -> collect(type, unexplained));
            default -> {}
        }
    }

    private static void requireDoc(String name, String doc, List<String> unexplained) {
        if (doc == null || doc.isBlank()) {
            unexplained.add(name);
        }
    }
}

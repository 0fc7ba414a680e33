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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.avro.generic.IndexedRecord;

/**
 * Prints each record as one line of JSON.
 *
 * @param <T> the generated record class
 */
public final class JsonLinesPrinter<T extends IndexedRecord> implements RecordPrinter<T> {
    private final PrintWriter out;
    private final JsonFactory factory = new JsonFactory();

    /** A printer on {@code out}, which stays the caller's to flush and close. */
    public JsonLinesPrinter(PrintWriter out) {
        this.out = out;
        factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        factory.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void begin() {}

    @Override
    public void print(T value) throws IOException {
        try (JsonGenerator json = factory.createGenerator(out)) {
            AvroJson.write(json, value);
        }
        out.println();
    }
}

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
package io.frameflow.cli.engine;

import io.frameflow.engine.Precision;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a precision as it is written. */
public final class PrecisionConverter implements ITypeConverter<Precision> {

    /** The precisions as they are written. */
    public static final class Candidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Precision.values()).map(Precision::label).iterator();
        }
    }

    @Override
    public Precision convert(String value) {
        return Precision.ofLabel(value)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'" + value + "' is no precision: give " + known()));
    }

    private static String known() {
        return Arrays.stream(Precision.values())
                .map(Precision::label)
                .collect(Collectors.joining(", "));
    }
}

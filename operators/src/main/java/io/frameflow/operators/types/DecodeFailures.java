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
package io.frameflow.operators.types;

import io.frameflow.failure.FailureCode;
import io.frameflow.schema.codec.DecodeProblem;

/** The codes of values that are no record. */
public final class DecodeFailures {
    private DecodeFailures() {}

    /** The code of a problem. */
    public static FailureCode codeOf(DecodeProblem problem) {
        return switch (problem) {
            case EMPTY -> FailureCode.EMPTY_VALUE;
            case NOT_SINGLE_OBJECT -> FailureCode.NOT_SINGLE_OBJECT;
            case UNKNOWN_SCHEMA -> FailureCode.UNKNOWN_SCHEMA;
            case OTHER_RECORD -> FailureCode.WRONG_RECORD;
            case MALFORMED -> FailureCode.MALFORMED_RECORD;
            case TRAILING_BYTES -> FailureCode.TRAILING_BYTES;
        };
    }
}

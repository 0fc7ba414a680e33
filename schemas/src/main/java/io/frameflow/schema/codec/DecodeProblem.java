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

/** Why bytes are not a record of the expected kind. */
public enum DecodeProblem {
    /** The value has no bytes. */
    EMPTY,
    /**
     * The value does not begin with the marker and fingerprint of Avro's single-object encoding.
     */
    NOT_SINGLE_OBJECT,
    /** No released schema has the fingerprint. */
    UNKNOWN_SCHEMA,
    /** The fingerprint is that of another kind of record. */
    OTHER_RECORD,
    /** The bytes after the fingerprint are no record of the schema. */
    MALFORMED,
    /** A complete record is followed by more bytes. */
    TRAILING_BYTES
}

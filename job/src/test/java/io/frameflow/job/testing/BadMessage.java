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
package io.frameflow.job.testing;

import io.frameflow.failure.FailureCode;

/** A message that must not have a result. Its arrays are not copied, and nobody changes them. */
public final class BadMessage {
    private final String kind;
    private final byte[] key;
    private final byte[] value;
    private final String stage;
    private final FailureCode code;

    /**
     * A message.
     *
     * @param kind what is bad about it; no two messages of a test are of one kind
     * @param key key, or null
     * @param value value, or null
     * @param stage stage that must refuse it
     * @param code code that its dead letter must have
     */
    BadMessage(String kind, byte[] key, byte[] value, String stage, FailureCode code) {
        this.kind = kind;
        this.key = key;
        this.value = value;
        this.stage = stage;
        this.code = code;
    }

    /** What is bad about it. */
    public String kind() {
        return kind;
    }

    /** Key, or null. */
    public byte[] key() {
        return key;
    }

    /** Value, or null. */
    public byte[] value() {
        return value;
    }

    /** Stage that must refuse it. */
    public String stage() {
        return stage;
    }

    /** Code that its dead letter must have. */
    public FailureCode code() {
        return code;
    }

    @Override
    public String toString() {
        return kind;
    }
}

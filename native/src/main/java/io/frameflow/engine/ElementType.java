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
package io.frameflow.engine;

import java.util.Locale;

/** Type of a tensor's numbers. */
public enum ElementType {
    /** IEEE 754 single precision. */
    FLOAT32(4),
    /** IEEE 754 half precision. */
    FLOAT16(2),
    /** Signed byte. */
    INT8(1),
    /** Unsigned byte. */
    UINT8(1),
    /** Signed 32-bit integer. */
    INT32(4),
    /** Signed 64-bit integer. */
    INT64(8),
    /** One of the types that no network here uses. */
    OTHER(0);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Size of a number in bytes.
     *
     * @throws IllegalStateException for {@link #OTHER}
     */
    public int bytes() {
        if (bytes == 0) {
            throw new IllegalStateException("the size of the type is not known");
        }
        return bytes;
    }

    /** The name as it stands in messages: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

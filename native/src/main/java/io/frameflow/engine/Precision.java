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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Numbers that an engine may compute with. A layer keeps a wider type where that is faster. */
public enum Precision {
    /** Single precision throughout: products are not rounded to TF32 either. */
    FP32,
    /** Half precision where the engine finds it faster. */
    FP16,
    /** Signed bytes where calibrated, and half precision. */
    INT8;

    /** The name as it stands in results and files: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The precision of that name; empty if there is none. */
    public static Optional<Precision> ofLabel(String label) {
        return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
    }
}

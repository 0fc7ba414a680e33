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
package io.frameflow.job.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the option, or the key that is no option
 * @param value what was given, as it may be shown; null where nothing was given
 * @param expected what is right, so that the user knows what to write
 */
record Problem(String key, @Nullable String value, String expected) {

    /** A problem whose value is shown, unless the key is that of a secret. */
    static Problem of(String key, @Nullable String value, String expected) {
        return new Problem(key, value == null ? null : SecretKeys.mask(key, value), expected);
    }

    @Override
    public String toString() {
        return value == null
                ? key + ": " + expected
                : key + ": '" + value + "' is not valid: " + expected;
    }
}

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

import java.util.List;
import java.util.Locale;

/** Tells the keys whose values must never be shown. */
final class SecretKeys {
    static final String MASK = "******";

    /**
     * Parts of secret keys. They cover each of Kafka's options of type PASSWORD, and the names that
     * plug-ins for authentication give to theirs.
     */
    private static final List<String> PARTS =
            List.of(
                    "password",
                    "secret",
                    "jaas",
                    "token",
                    "credential",
                    "api-key",
                    "api.key",
                    "apikey",
                    "basic.auth",
                    "private",
                    "keystore.key",
                    "certificate.chain",
                    "truststore.certificates",
                    "assertion");

    private SecretKeys() {}

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return PARTS.stream().anyMatch(lower::contains);
    }

    /** The value as it may be shown. */
    static String mask(String key, String value) {
        return isSecret(key) ? MASK : value;
    }
}

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
package io.frameflow.cli.view.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String TOKEN = "0123456789abcdefXYZ";

    private final Access access = new Access(TOKEN, List.of("Cameras.example"));

    @Test
    void randomTokensAreTokensAndDifferent() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String token = Access.randomToken();
            assertThat(Access.isToken(token)).as(token).isTrue();
            tokens.add(token);
        }

        assertThat(tokens).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "0123456789abcde",
                "0123456789abcdef/..",
                "0123456789abcdef ",
                "0123456789abcdefü"
            })
    void whatDoesNotFitIntoAnAddressIsNoToken(String text) {
        assertThat(Access.isToken(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Access(text, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789abcdefXYz", "0123456789abcdefXYZ0", "favicon.ico"})
    void onlyTheTokenIsGranted(String given) {
        assertThat(access.isGranted(given)).isFalse();
        assertThat(access.isGranted(TOKEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8090",
                "127.0.0.1",
                "localhost:8090",
                "LOCALHOST",
                "[::1]:8090",
                "192.168.1.7:80",
                "cameras.example",
                "cameras.EXAMPLE:443"
            })
    void addressesAndAllowedNamesAreThisMachine(String host) {
        assertThat(access.isOwnHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8090",
                "127.0.0.1.attacker.example",
                "localhost.attacker.example:8090",
                "127.0.0.1:8090.attacker.example",
                "sub.cameras.example",
                "1.2.3.4.5",
                ""
            })
    void aNameThatSomebodyElseHadResolvedIsNot(String host) {
        assertThat(access.isOwnHost(host)).isFalse();
        assertThat(access.isOwnHost(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8090, 127.0.0.1:8090, true",
        "https://cameras.example, cameras.example, true",
        "http://127.0.0.1:9999, 127.0.0.1:8090, false",
        "http://attacker.example, 127.0.0.1:8090, false",
        "null, 127.0.0.1:8090, false",
        "::, 127.0.0.1:8090, false",
    })
    void changesComeFromOurOwnPage(String origin, String host, boolean expected) {
        assertThat(Access.isOwnOrigin(origin, host)).isEqualTo(expected);
    }

    @Test
    void whatIsNoBrowserSendsNoOrigin() {
        assertThat(Access.isOwnOrigin(null, "127.0.0.1")).isTrue();
    }
}

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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--port=65536, --port must be from 0 to 65535",
        "--port=-1, --port must be from 0 to 65535",
        "--token=short, '--token must be 16 to 128 letters, digits, dashes and underscores'",
        "--token=with/a/slash/in/it, --token must be 16 to 128 letters",
    })
    void wrongUsageIsRefusedWithItsReason(String option, String reason) {
        CommandResult result = CommandResult.run("view", option);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(reason);
    }

    @Test
    void aPlaceThatCannotBeServedFromIsSaid() {
        CommandResult result = CommandResult.run("view", "--host=no-such-host.invalid");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("there is no host 'no-such-host.invalid'");
        assertThat(result.out()).isEmpty();
    }
}

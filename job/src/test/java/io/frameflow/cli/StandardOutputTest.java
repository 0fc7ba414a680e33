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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void aFullDiskIsAFailure() {
        assertThat(Frameflow.execute(failing("No space left on device"), "--version")).isOne();
    }

    @Test
    void aReaderThatHasSeenEnoughIsNone() {
        assertThat(Frameflow.execute(failing("Broken pipe"), "--version")).isZero();
    }

    @Test
    void otherwiseItIsWhatTheCommandSays() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        assertThat(Frameflow.execute(bytes, "--version")).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("frameflow ");
        assertThat(Frameflow.execute(bytes, "nonsense")).isEqualTo(2);
    }
}

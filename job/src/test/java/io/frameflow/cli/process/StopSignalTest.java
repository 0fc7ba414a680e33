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
package io.frameflow.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {

    @Test
    void staysQuietUntilRequested() throws InterruptedException {
        try (StopSignal stop = StopSignal.install()) {
            assertThat(stop.isRequested()).isFalse();
            assertThat(stop.await(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void wakesWhoWaitsForIt() throws InterruptedException {
        StopSignal stop = StopSignal.manual();
        Thread requester = new Thread(stop::request);
        requester.start();

        assertThat(stop.await(Duration.ofMinutes(1))).isTrue();
        assertThat(stop.isRequested()).isTrue();
        requester.join();
    }
}

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
package io.frameflow.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceQueuesTest {
    @Test
    void nothingIsToBeChangedWhereAllAreUsed() {
        assertThat(DeviceQueues.advice(Map.of("CUDA_DEVICE_MAX_CONNECTIONS", "32"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "8", "thirty-two", ""})
    void tellsWhatIsSetAndWhatToSet(String value) {
        assertThat(DeviceQueues.advice(Map.of("CUDA_DEVICE_MAX_CONNECTIONS", value)))
                .hasValueSatisfying(
                        advice ->
                                assertThat(advice)
                                        .startsWith("CUDA_DEVICE_MAX_CONNECTIONS is " + value)
                                        .contains("set it to 32"));
    }

    @Test
    void tellsThatNothingIsSet() {
        assertThat(DeviceQueues.advice(Map.of()))
                .hasValueSatisfying(advice -> assertThat(advice).contains("is not set"));
    }
}

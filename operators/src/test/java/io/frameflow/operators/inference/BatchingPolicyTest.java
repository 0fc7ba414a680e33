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
package io.frameflow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingPolicyTest {
    private final BatchingPolicy policy = new BatchingPolicy(8, 2, 20);

    @ParameterizedTest(name = "{0} frames, waited {1} ms, {2} in flight: {3}")
    @CsvSource({
        "0, 0, 0,",
        "0, 100, 0,",
        "1, 0, 0, IDLE",
        "7, 100, 0, IDLE",
        "8, 0, 0, FULL",
        "1, 0, 1,",
        "1, 19, 1,",
        "1, 20, 1, TIMEOUT",
        "7, 21, 1, TIMEOUT",
        "7, 19, 1,",
        "8, 0, 1, FULL",
        "8, 100, 2,",
        "1, 100, 2,",
    })
    void decides(int frames, long waitedMillis, int inFlight, FlushReason expected) {
        assertThat(policy.decide(frames, waitedMillis, inFlight)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "with no time to wait, {0} in flight: {1}")
    @CsvSource({"0, IDLE", "1, TIMEOUT", "2,"})
    void sendsAtOnceWhereNoWaitingIsAllowed(int inFlight, FlushReason expected) {
        BatchingPolicy impatient = new BatchingPolicy(8, 2, 0);

        assertThat(impatient.decide(1, 0, inFlight)).isEqualTo(expected);
    }
}

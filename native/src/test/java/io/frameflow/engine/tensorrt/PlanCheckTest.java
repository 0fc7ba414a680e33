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
package io.frameflow.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCheckTest {
    /** As TensorRT 10 words them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Error Code 2: OutOfMemory (Requested size was 8388608 bytes.)                | true
                    [defaultAllocator.cpp::allocate::31] Error Code 1: Cuda Runtime (out of memory) | true
                    Requested amount of GPU memory (8388608 bytes) could not be allocated.       | true
                    Serialization assertion plan->header.magicTag == kPLAN_MAGIC_TAG failed.     | false
                    The engine plan file is generated on an incompatible device                  | false
                    """)
    void tellsFullCardsFromPlansThatDoNotFit(String reason, boolean memory) {
        assertThat(PlanCheck.tellsOfMemory(reason)).isEqualTo(memory);
    }
}

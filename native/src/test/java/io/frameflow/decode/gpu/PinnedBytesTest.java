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
package io.frameflow.decode.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory is pinned for a batch; a piece of it has 2 GB at most. */
class PinnedBytesTest {
    private static final long MOST = Integer.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "1000, 1500",
        "1431655764, 2147483646",
        // 32 pictures of 4096 x 4096 in RGB, which the default limits allow.
        "1610612736, 2147483647",
        "2147483647, 2147483647"
    })
    void halfAsMuchMoreAsFarAsThatIsPossible(long needed, long pinned) {
        assertThat(GpuBatchDecoder.pinnedBytes(needed, 32)).isEqualTo(pinned);
    }

    @Test
    void tooMuchForOnePieceSaysWhatToDo() {
        assertThatThrownBy(() -> GpuBatchDecoder.pinnedBytes(MOST + 1, 64))
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_MEMORY))
                .hasMessageContaining("64 pictures")
                .hasMessageContaining("2147483648 bytes")
                .hasMessageContaining("inference.batch-size")
                .hasMessageContaining("frames.max-pixels");
    }
}

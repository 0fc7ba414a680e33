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
package io.frameflow.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenoiseKernelTest {
    private static final int WARPS_OF_AN_H200 = 132 * 24;

    @ParameterizedTest
    @CsvSource({
        "352, 720, 80, 32 pictures: all bands at the same time",
        "88, 720, 20, 8 pictures",
        "11, 720, 16, one picture: bands are not too low for their borders",
        "10000, 2160, 90, more strips than there is room for",
        "1, 1, 16, a single pixel"
    })
    void bandsAreAsHighAsAllOfThemHaveRoom(int strips, int height, int rows, String reason) {
        assertThat(DenoiseKernel.rows(strips, height, WARPS_OF_AN_H200)).as(reason).isEqualTo(rows);
    }
}

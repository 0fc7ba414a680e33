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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenoiseKernelTest {
    private static final int MULTIPROCESSORS_OF_AN_H200 = 132;

    @ParameterizedTest
    @CsvSource({
        "11, 720, 32, 12, 26, 32 pictures: the last band takes a third of the time",
        "5, 720, 32, 12, 18, 32 pictures in planes: the last band takes a third, too",
        "16, 1080, 32, 12, 38, larger ones: the last band takes a quarter",
        "11, 720, 8, 12, 16, 8 pictures: bands are not too low for their borders",
        "11, 720, 1, 12, 16, one picture likewise",
        "1, 1, 1, 12, 16, a single pixel"
    })
    void bandsAreAsHighAsEndsSoonest(
            int strips,
            int height,
            int pictures,
            int blocksOfMultiprocessor,
            int rows,
            String reason) {
        int residentBlocks = MULTIPROCESSORS_OF_AN_H200 * blocksOfMultiprocessor;

        assertThat(DenoiseKernel.rows(strips, height, pictures, residentBlocks))
                .as(reason)
                .isEqualTo(rows);
    }

    /** A row of a pair must be an even one. */
    @Test
    void bandsBeginAtEvenRows() {
        for (int height = 1; height < 3000; height += 7) {
            assertThat(DenoiseKernel.rows(8, height, 5, 300) % 2).as("height " + height).isZero();
        }
    }
}

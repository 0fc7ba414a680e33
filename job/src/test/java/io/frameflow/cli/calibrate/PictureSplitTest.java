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
package io.frameflow.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSplitTest {
    private static List<Path> pictures(int count) {
        return IntStream.range(0, count).mapToObj(i -> Path.of(i + ".jpg")).toList();
    }

    @ParameterizedTest
    @CsvSource({"10, 20, 2", "10, 0, 0", "10, 99, 9", "9, 20, 1", "1, 50, 0", "0, 20, 0"})
    void holdsBackTheLastOnes(int count, int percent, int heldBack) {
        List<Path> all = pictures(count);

        PictureSplit split = PictureSplit.of(all, percent);

        assertThat(split.calibration()).isEqualTo(all.subList(0, count - heldBack));
        assertThat(split.heldBack()).isEqualTo(all.subList(count - heldBack, count));
    }

    @ParameterizedTest
    @CsvSource({"-1", "100"})
    void leavesSomethingToCalibrateWith(int percent) {
        assertThatThrownBy(() -> PictureSplit.of(pictures(3), percent))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isCopied() {
        assertThat(PictureSplit.of(pictures(2), 50).heldBack()).isUnmodifiable();
    }
}

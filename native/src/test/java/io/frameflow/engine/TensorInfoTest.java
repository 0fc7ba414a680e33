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
package io.frameflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorInfoTest {

    private static TensorInfo tensor(Integer... shape) {
        return new TensorInfo("output0", ElementType.FLOAT16, List.of(shape));
    }

    @Test
    void showsWhatIsOpen() {
        assertThat(tensor(TensorInfo.DYNAMIC, 25200, 85))
                .hasToString("output0 float16[?, 25200, 85]");
    }

    @Test
    void countsTheNumbersOfOneImage() {
        assertThat(tensor(TensorInfo.DYNAMIC, 25200, 85).elementsPerImage()).isEqualTo(2_142_000);
        assertThat(tensor(7).elementsPerImage()).isOne();
        assertThatThrownBy(() -> tensor(1, TensorInfo.DYNAMIC, 85).elementsPerImage())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("output0");
        assertThatThrownBy(() -> tensor(1, 1 << 16, 1 << 16).elementsPerImage())
                .isInstanceOf(ArithmeticException.class);
    }
}

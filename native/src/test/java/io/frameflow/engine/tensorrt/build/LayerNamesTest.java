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
package io.frameflow.engine.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerNamesTest {
    private static final Path NETWORK = Path.of("network.onnx");

    @ParameterizedTest
    @CsvSource({
        "/model.24/m.0/Conv, /model.24/m.0/Conv, true",
        "/model.24/*, /model.24/m.0/Conv, true",
        "*, /model.24/m.0/Conv, true",
        "*Conv, /model.24/m.0/Conv, true",
        "/model.24/*/Conv, /model.24/m.0/Conv, true",
        "/model.24/m.0/Con, /model.24/m.0/Conv, false",
        // A point is a point, not any character.
        "/model.24/*, /modelX24/m.0/Conv, false",
    })
    void matchesWholeNames(String wanted, String layer, boolean taken) {
        assertThat(new LayerNames(List.of(wanted)).take(layer)).isEqualTo(taken);
    }

    @Test
    void saysWhichNamesNoLayerHas() {
        LayerNames names = new LayerNames(List.of("a*", "b"));
        names.take("abc");
        names.take("c");

        assertThatThrownBy(() -> names.requireAllFound(NETWORK))
                .hasMessageContainingAll("called b;", "abc, c", "network.onnx", "2 layers")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_SETTINGS);
    }

    @Test
    void isContentWithNoNames() {
        LayerNames names = new LayerNames(List.of());

        assertThat(names.take("abc")).isFalse();
        assertThatCode(() -> names.requireAllFound(NETWORK)).doesNotThrowAnyException();
    }
}

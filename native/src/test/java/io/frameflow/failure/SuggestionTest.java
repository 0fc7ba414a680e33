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
package io.frameflow.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "'', abc, 3", "abc, abd, 1", "kitten, sitting, 3"})
    void countsInsertionsDeletionsAndReplacements(String a, String b, int expected) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(expected);
        assertThat(Suggestion.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void namesTheNearestWord() {
        assertThat(Suggestion.nearest("nms-iou-treshold", List.of("topk", "nms-iou-threshold")))
                .contains("nms-iou-threshold");
        assertThat(Suggestion.nearest("widht", List.of("height", "width"))).contains("width");
    }

    @Test
    void isSilentWhereNothingIsNear() {
        assertThat(Suggestion.nearest("colour", List.of("width", "height"))).isEmpty();
        assertThat(Suggestion.nearest("colour", List.of())).isEmpty();
    }
}

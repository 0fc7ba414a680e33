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

import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ObjectLimits;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppendedNmsTest {
    private static DetectionThresholds thresholds(
            float score, float iou, int topk, boolean agnostic) {
        return new DetectionThresholds(score, iou, topk, agnostic, ClassRules.NONE);
    }

    @Test
    void hasTheNumbersAsTheyWereWritten() {
        assertThat(AppendedNms.of(DetectionThresholds.DEFAULT))
                .isEqualTo(new AppendedNms(0.25, 0.45, 300, false));
    }

    @Test
    void beginsAtTheLowestThresholdOfAnyClass() {
        ClassRules rules =
                new ClassRules(ObjectLimits.NONE, Map.of(), Map.of(3, 0.1f, 4, 0.9f), Set.of());

        assertThat(AppendedNms.of(new DetectionThresholds(0.3f, 0.45f, 300, false, rules)))
                .isEqualTo(new AppendedNms(0.1, 0.45, 300, false));
    }

    @Test
    void servesThresholdsThatLeaveOutMore() {
        AppendedNms nms = AppendedNms.of(thresholds(0.25f, 0.45f, 300, false));

        assertThat(nms.serves(thresholds(0.25f, 0.45f, 300, false))).isTrue();
        assertThat(nms.serves(thresholds(0.5f, 0.45f, 100, false))).isTrue();
        assertThat(nms.serves(thresholds(0.2f, 0.45f, 300, false))).isFalse();
        assertThat(nms.serves(thresholds(0.25f, 0.5f, 300, false))).isFalse();
        assertThat(nms.serves(thresholds(0.25f, 0.4f, 300, false))).isFalse();
        assertThat(nms.serves(thresholds(0.25f, 0.45f, 301, false))).isFalse();
        assertThat(nms.serves(thresholds(0.25f, 0.45f, 300, true))).isFalse();
    }
}

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
package io.frameflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionThresholdsTest {
    private static final ClassRules RULES =
            new ClassRules(ObjectLimits.NONE, Map.of(), Map.of(2, 0.9f), Set.of());
    private static final DetectionThresholds FILE =
            new DetectionThresholds(0.25f, 0.45f, 300, true, RULES);

    @Test
    void aFrameReplacesWhatIsForAllClasses() {
        assertThat(FILE.with(0.5f, null))
                .isEqualTo(new DetectionThresholds(0.5f, 0.45f, 300, true, RULES));
        assertThat(FILE.with(null, 0f))
                .isEqualTo(new DetectionThresholds(0.25f, 0f, 300, true, RULES));
        assertThat(FILE.with(null, null)).isSameAs(FILE);
    }

    @Test
    void classesKeepTheirOwn() {
        DetectionThresholds frame = FILE.with(0.5f, null);

        assertThat(frame.classRules().scoreThreshold(2, frame.preCluster())).isEqualTo(0.9f);
        assertThat(frame.classRules().scoreThreshold(1, frame.preCluster())).isEqualTo(0.5f);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> FILE.with(Float.NaN, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FILE.with(null, 1.01f))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

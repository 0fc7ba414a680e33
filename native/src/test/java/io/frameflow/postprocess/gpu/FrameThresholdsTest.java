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
package io.frameflow.postprocess.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.engine.ElementType;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.result.Detections;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family that finds objects goes by the thresholds of the frame, not of the model file. */
class FrameThresholdsTest {
    private static final int SIDE = 640;

    /** As by default, but for a number of detections that no network here reaches. */
    private static final DetectionThresholds THRESHOLDS =
            new DetectionThresholds(0.25f, 0.45f, 100_000, false, ClassRules.NONE);

    static Stream<Family> families() {
        return Arrays.stream(Family.values()).filter(Family::findsObjects);
    }

    @ParameterizedTest
    @MethodSource("families")
    void leavesOutWhatIsNotAboveTheScoreThresholdOfTheFrame(Family family) {
        TestHead head = TestHeads.of(family, SIDE, SIDE);
        Postprocessor postprocessor = postprocessor(head);
        Detections before = find(postprocessor, head, THRESHOLDS);
        float median = before.scores()[before.count() / 2];
        int above = 0;
        while (before.scores()[above] > median) {
            above++;
        }

        Detections sure = find(postprocessor, head, THRESHOLDS.with(median, null));

        // What is below suppresses nothing above: exactly the first ones are left.
        assertThat(sure.scores()).isEqualTo(Arrays.copyOf(before.scores(), above));
        assertThat(sure.boxes()).isEqualTo(Arrays.copyOf(before.boxes(), 4 * above));
        assertThat(find(postprocessor, head, THRESHOLDS).boxes())
                .as("nothing of it is left for the next frame")
                .isEqualTo(before.boxes());
    }

    @ParameterizedTest
    @MethodSource("families")
    void suppressesByTheOverlapOfTheFrame(Family family) {
        TestHead head = TestHeads.of(family, SIDE, SIDE);
        Postprocessor postprocessor = postprocessor(head);

        int all = find(postprocessor, head, THRESHOLDS.with(0f, 1f)).count();
        int apart = find(postprocessor, head, THRESHOLDS.with(0f, 0f)).count();

        if (family.suppressesItself()) {
            assertThat(apart).as("the network itself has suppressed").isEqualTo(all);
        } else {
            assertThat(apart).isLessThan(all);
        }
    }

    private static Postprocessor postprocessor(TestHead head) {
        return Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32));
    }

    private static Detections find(
            Postprocessor postprocessor, TestHead head, DetectionThresholds thresholds) {
        Letterbox identity = head.model().input().letterbox(SIDE, SIDE);
        return postprocessor.process(head.buffers(), 0, identity, thresholds).detections();
    }
}

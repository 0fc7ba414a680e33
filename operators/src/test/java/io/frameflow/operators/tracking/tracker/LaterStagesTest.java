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
package io.frameflow.operators.tracking.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.tracking.tracker.Scene.Box;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The thresholds of the stages behind the first one. */
class LaterStagesTest {
    /** Boxes of 40 pixels that are 20 apart overlap by a third. */
    @ParameterizedTest
    @CsvSource({"BYTETRACK, match_thresh_low, 0.7", "FRAMEFLOW, iou_threshold_low, 0.3"})
    void aDetectionOfLowScoreFitsByAThresholdOfItsOwn(
            TrackerKind kind, String option, float value) {
        Scene usual = new Scene(kind.options(Map.of()));
        Scene loose = new Scene(kind.options(Map.of(option, value)));
        usual.frame(Box.at(0, 0.9));
        loose.frame(Box.at(0, 0.9));

        assertThat(usual.frame(Box.at(20, 0.3))).containsExactly((Long) null);
        assertThat(loose.frame(Box.at(20, 0.3))).containsExactly(1L);
    }

    /** Boxes of 40 pixels that are 24 apart overlap by a quarter. */
    @ParameterizedTest
    @CsvSource({
        "BYTETRACK, match_thresh_tentative, 0.8",
        "FRAMEFLOW, iou_threshold_tentative, 0.2"
    })
    void aTentativeTrackFitsByAThresholdOfItsOwn(TrackerKind kind, String option, float value) {
        Scene usual = new Scene(kind.options(Map.of()));
        Scene loose = new Scene(kind.options(Map.of(option, value)));
        usual.frame();
        loose.frame();
        usual.frame(Box.at(0, 0.9));
        loose.frame(Box.at(0, 0.9));

        assertThat(usual.frame(Box.at(24, 0.9))).containsExactly(2L);
        assertThat(loose.frame(Box.at(24, 0.9))).containsExactly(1L);
    }

    @Test
    void withoutAThresholdDuplicatesLive() {
        Scene scene = new Scene(TrackerKind.BYTETRACK.options(Map.of("duplicate_thresh", 0f)));
        for (int frame = 0; frame < 5; frame++) {
            scene.frame(new Box(0, 100, 0.9, 0));
        }
        for (int frame = 0; frame < 30; frame++) {
            scene.frame(new Box(0, 100, 0.9, 0), new Box(300 - 10 * frame, 104, 0.9, 0));
        }

        assertThat(scene.frame(new Box(0, 104, 0.9, 0))).containsExactly(2L);
        assertThat(scene.events()).containsExactly("LOST 1");
    }
}

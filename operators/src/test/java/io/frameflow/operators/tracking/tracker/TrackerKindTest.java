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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerKindTest {
    @Test
    void whatIsNotGivenHasTheDefaultOfTheAuthors() {
        assertThat(TrackerKind.SORT.options(Map.of())).isEqualTo(new SortOptions(1, 3, 0.3f, 150));
        assertThat(TrackerKind.BYTETRACK.options(Map.of()))
                .isEqualTo(
                        new ByteTrackOptions(
                                0.6f, 0.1f, 0.7f, 30, 0.9f, 0.5f, 0.7f, true, 0.15f, 150));
        assertThat(TrackerKind.OCSORT.options(Map.of()))
                .isEqualTo(new OcSortOptions(0.6f, 30, 3, 0.3f, 3, 0.2f, 150));
        assertThat(TrackerKind.FRAMEFLOW.options(Map.of()))
                .isEqualTo(
                        new CombinedOptions(0.6f, 0.1f, 0.7f, 60, 0.3f, 0.5f, 0.3f, 3, 0.2f, 150));
    }

    @Test
    void optionsAreGivenByName() {
        assertThat(
                        TrackerKind.BYTETRACK.options(
                                Map.of(
                                        "track_high_thresh",
                                        0.5f,
                                        "track_buffer",
                                        7,
                                        "match_thresh_tentative",
                                        0.6f,
                                        "fuse_score",
                                        false)))
                .isEqualTo(
                        new ByteTrackOptions(
                                0.5f, 0.1f, 0.7f, 7, 0.9f, 0.5f, 0.6f, false, 0.15f, 150));
    }

    @ParameterizedTest
    @CsvSource({
        "SORT, inertia, 0.2, inertia is no option of the tracker sort",
        "SORT, max_age, -1, max_age is -1",
        "SORT, min_hits, 1001, min_hits is 1001",
        "SORT, iou_threshold, 1.5, iou_threshold is 1.5",
        "BYTETRACK, match_thresh_low, 1.5, match_thresh_low is 1.5",
        "BYTETRACK, match_thresh_tentative, 1.5, match_thresh_tentative is 1.5",
        "BYTETRACK, duplicate_thresh, 1.5, duplicate_thresh is 1.5",
        "BYTETRACK, iou_threshold, 0.3, iou_threshold is no option of the tracker bytetrack",
        "OCSORT, det_thresh, -0.5, det_thresh is -0.5",
        "OCSORT, delta_t, 0, delta_t is 0",
        "OCSORT, delta_t, 9, delta_t is 9",
        "OCSORT, inertia, 2.0, inertia is 2.0",
        "FRAMEFLOW, track_low_thresh, 0.7, track_low_thresh is 0.7",
        "FRAMEFLOW, iou_threshold_low, 1.5, iou_threshold_low is 1.5",
        "FRAMEFLOW, iou_threshold_tentative, 1.5, iou_threshold_tentative is 1.5",
        "FRAMEFLOW, track_buffer, 1000001, track_buffer is 1000001",
        "FRAMEFLOW, maxTargetsPerStream, 0, maxTargetsPerStream is 0",
        "FRAMEFLOW, max_age, 1, max_age is no option of the tracker frameflow",
        "FRAMEFLOW, track_buffer, 0.5, track_buffer is 0.5",
    })
    void whatDoesNotFitIsNamed(TrackerKind kind, String name, String value, String message) {
        Number number =
                value.contains(".") ? Float.valueOf(value) : (Number) Integer.valueOf(value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.options(Map.of(name, number)))
                .withMessageContaining(message);
    }

    @Test
    void aTrackerIsFoundByItsName() {
        for (TrackerKind kind : TrackerKind.values()) {
            assertThat(TrackerKind.ofLabel(kind.label())).contains(kind);
        }
        assertThat(TrackerKind.ofLabel("SORT")).isEmpty();
        assertThat(TrackerKind.ofLabel("deepsort")).isEmpty();
    }
}

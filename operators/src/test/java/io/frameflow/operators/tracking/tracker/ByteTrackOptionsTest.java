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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTrackOptionsTest {

    @Test
    void theDefaultsAreThoseOfTheAuthors() {
        ByteTrackOptions defaults = ByteTrackOptions.DEFAULTS;

        assertThat(defaults.trackHighThresh()).isEqualTo(0.6f);
        assertThat(defaults.trackLowThresh()).isEqualTo(0.1f);
        assertThat(defaults.newTrackThresh()).isEqualTo(0.7f);
        assertThat(defaults.trackBuffer()).isEqualTo(30);
        assertThat(defaults.matchThresh()).isEqualTo(0.9f);
        assertThat(defaults.matchThreshLow()).isEqualTo(0.5f);
        assertThat(defaults.matchThreshTentative()).isEqualTo(0.7f);
        assertThat(defaults.fuseScore()).isTrue();
        assertThat(defaults.duplicateThresh()).isEqualTo(0.15f);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, 0.1, 0.7, 30, 0.8, 150, track_high_thresh",
        "NaN, 0.1, 0.7, 30, 0.8, 150, track_high_thresh",
        "0.6, -0.1, 0.7, 30, 0.8, 150, track_low_thresh",
        "0.6, 0.7, 0.7, 30, 0.8, 150, track_low_thresh",
        "0.6, 0.1, 7, 30, 0.8, 150, new_track_thresh",
        "0.6, 0.1, 0.7, -1, 0.8, 150, track_buffer",
        "0.6, 0.1, 0.7, 1000001, 0.8, 150, track_buffer",
        "0.6, 0.1, 0.7, 30, Infinity, 150, match_thresh",
        "0.6, 0.1, 0.7, 30, 0.8, 0, maxTargetsPerStream",
    })
    void anOptionOutOfItsRangeIsNamed(
            float high,
            float low,
            float newTrack,
            int buffer,
            float match,
            int targets,
            String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ByteTrackOptions(
                                        high, low, newTrack, buffer, match, 0.5f, 0.7f, true, 0.15f,
                                        targets))
                .withMessageStartingWith(named);
    }
}

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
package io.frameflow.cli.motchallenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.operators.tracking.tracker.SortOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SequenceTrackingTest {

    @Test
    void aBoxThatMovesIsOneTrack() {
        List<MotChallengeRow> tracks = track(moving(1, 10));

        assertThat(tracks).hasSize(10);
        assertThat(tracks).extracting(MotChallengeRow::id).containsOnly(1L);
        assertThat(tracks.get(0)).isEqualTo(new MotChallengeRow(1, 1, 4, 100, 40, 80, 0.75));
    }

    @Test
    void framesMayComeInAnyOrder() {
        List<MotChallengeRow> shuffled = new ArrayList<>(moving(1, 10));
        Collections.reverse(shuffled);

        assertThat(track(shuffled)).isEqualTo(track(moving(1, 10)));
    }

    @Test
    void aFrameWithoutRowsWasExaminedAndEmpty() {
        List<MotChallengeRow> rows = new ArrayList<>(moving(1, 1));
        rows.addAll(moving(34, 2));

        // Not seen for more than the 30 frames of the buffer; the new track needs two detections.
        assertThat(track(rows)).extracting(MotChallengeRow::id).containsExactly(1L, 2L);
    }

    @Test
    void onlyInFrameOneAreTracksConfirmedAtOnce() {
        assertThat(track(moving(1, 1))).hasSize(1);
        assertThat(track(moving(2, 1))).isEmpty();
    }

    @Test
    void aBillionEmptyFramesTakeNoTime() {
        List<MotChallengeRow> rows = new ArrayList<>(moving(1, 2));
        rows.addAll(moving(2_000_000_000, 2));

        List<MotChallengeRow> tracks =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> track(rows));

        assertThat(tracks).extracting(MotChallengeRow::id).containsExactly(1L, 1L, 2L);
    }

    @Test
    void boxesWithoutAreaAreLeftOutAndCounted() {
        SequenceTracking tracking =
                new SequenceTracking(ByteTrackOptions.DEFAULTS.newTracker(), row -> {});

        tracking.run(
                List.of(
                        new MotChallengeRow(1, -1, 0, 0, 0, 5, 0.9),
                        new MotChallengeRow(1, -1, 0, 0, 5, -5, 0.9),
                        new MotChallengeRow(1, -1, 1e30, 0, 5, 5, 0.9),
                        new MotChallengeRow(1, -1, 0, 0, 5, 5, 0.9)));

        assertThat(tracking.ignored()).isEqualTo(3);
    }

    @Test
    void boxesBehindTheFirstThousandOfAFrameAreLeftOutAndCounted() {
        List<MotChallengeRow> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(new MotChallengeRow(1, -1, 50 * (i % 100), 100 * (i / 100), 40, 80, 0.9));
        }
        List<MotChallengeRow> tracks = new ArrayList<>();
        SequenceTracking tracking =
                new SequenceTracking(ByteTrackOptions.DEFAULTS.newTracker(), tracks::add);

        tracking.run(rows);

        assertThat(tracking.ignored()).isEqualTo(9_000);
        assertThat(tracks).hasSize(ByteTrackOptions.DEFAULTS.maxTargetsPerStream());
    }

    @Test
    void emptyFramesEndTheFirstOnesInWhichTracksAreConfirmedAtOnce() {
        List<MotChallengeRow> tracks = new ArrayList<>();

        new SequenceTracking(SortOptions.DEFAULTS.newTracker(), tracks::add).run(moving(50, 5));

        assertThat(tracks).extracting(MotChallengeRow::frame).containsExactly(53, 54);
    }

    private static List<MotChallengeRow> moving(int firstFrame, int frames) {
        List<MotChallengeRow> rows = new ArrayList<>();
        for (int frame = firstFrame; frame < firstFrame + frames; frame++) {
            rows.add(
                    new MotChallengeRow(
                            frame, -1, 4 * (frame - firstFrame + 1), 100, 40, 80, 0.75));
        }
        return rows;
    }

    private static List<MotChallengeRow> track(List<MotChallengeRow> rows) {
        List<MotChallengeRow> tracks = new ArrayList<>();
        new SequenceTracking(ByteTrackOptions.DEFAULTS.newTracker(), tracks::add).run(rows);
        return tracks;
    }
}

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
package io.frameflow.cli.evaluate.denoise;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.motchallenge.MotChallengeRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackContinuityTest {
    private static MotChallengeRow box(int frame, long id, double left) {
        return new MotChallengeRow(frame, id, left, 0, 10, 20, 1);
    }

    private static final List<MotChallengeRow> OBJECT =
            List.of(box(1, 1, 0), box(2, 1, 1), box(3, 1, 2), box(4, 1, 3), box(5, 1, 4));

    @Test
    void isWholeWhereOneTrackFollowsThroughout() {
        List<MotChallengeRow> same =
                OBJECT.stream().map(row -> box(row.frame(), 7, row.left() + 1)).toList();

        assertThat(TrackContinuity.percent(OBJECT, same)).isEqualTo(100);
    }

    @Test
    void countsAChangeAndAGapAndTheStepsAroundThem() {
        List<MotChallengeRow> changed =
                List.of(box(1, 7, 0), box(2, 7, 1), box(3, 8, 2), box(4, 8, 3), box(5, 8, 4));
        List<MotChallengeRow> interrupted =
                List.of(box(1, 7, 0), box(2, 7, 1), box(4, 7, 3), box(5, 7, 4));

        assertThat(TrackContinuity.percent(OBJECT, changed)).isEqualTo(75);
        assertThat(TrackContinuity.percent(OBJECT, interrupted)).isEqualTo(50);
    }

    @Test
    void countsWhatIsNotFollowedAtAll() {
        assertThat(TrackContinuity.percent(OBJECT, List.of())).isZero();
        assertThat(TrackContinuity.percent(OBJECT, List.of(box(1, 7, 300)))).isZero();
    }

    @Test
    void givesEachFollowerOneObject() {
        List<MotChallengeRow> two = List.of(box(1, 1, 0), box(1, 2, 3), box(2, 1, 0), box(2, 2, 3));
        List<MotChallengeRow> one = List.of(box(1, 7, 3), box(2, 7, 3));

        assertThat(TrackContinuity.percent(two, one)).isEqualTo(50);
    }

    @Test
    void isWholeWhereThereIsNothingToFollow() {
        assertThat(TrackContinuity.percent(List.of(), OBJECT)).isEqualTo(100);
    }
}

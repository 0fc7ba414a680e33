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
package io.frameflow.cli.evaluate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.cli.motchallenge.GroundTruthRow;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures that can be worked out by hand. Boxes are 10 x 20 pixels. */
class TrackingEvaluationTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int NO_CLASS = -1;

    private final List<GroundTruthRow> truth = new ArrayList<>();
    private final List<MotChallengeRow> tracks = new ArrayList<>();

    @Test
    void tracksThatAreTheTruthHaveFullMarks() throws Exception {
        for (int frame = 1; frame <= 10; frame++) {
            object(frame, 7, 3 * frame);
            object(frame, 8, 100 + frame);
            track(frame, 1, 3 * frame);
            track(frame, 2, 100 + frame);
        }

        Map<String, Number> figures = judge();

        for (String share : List.of("HOTA", "DetA", "AssA", "LocA", "MOTA", "MOTP", "IDF1")) {
            assertThat(share(figures, share)).as(share).isCloseTo(100, EXACT);
        }
        assertThat(count(figures, "CLR_TP")).isEqualTo(20);
        assertThat(count(figures, "MT")).isEqualTo(2);
        assertThat(count(figures, "IDSW")).isZero();
        assertThat(count(figures, "Frag")).isZero();
        assertThat(count(figures, "GT_IDs")).isEqualTo(2);
        assertThat(count(figures, "CLR_Frames")).isEqualTo(10);
    }

    @Test
    void anObjectThatGoesOverToAnotherTrackHalfWay() throws Exception {
        for (int frame = 1; frame <= 10; frame++) {
            object(frame, 1, 0);
            track(frame, frame <= 5 ? 1 : 2, 0);
        }

        Map<String, Number> figures = judge();

        assertThat(share(figures, "DetA")).isCloseTo(100, EXACT);
        // Each pair has 5 of the 10 boxes that either has.
        assertThat(share(figures, "AssA")).isCloseTo(50, EXACT);
        assertThat(share(figures, "AssRe")).isCloseTo(50, EXACT);
        assertThat(share(figures, "AssPr")).isCloseTo(100, EXACT);
        assertThat(share(figures, "HOTA")).isCloseTo(100 * Math.sqrt(0.5), EXACT);
        assertThat(share(figures, "MOTA")).isCloseTo(90, EXACT);
        assertThat(count(figures, "IDSW")).isEqualTo(1);
        assertThat(count(figures, "Frag")).isZero();
        assertThat(share(figures, "IDF1")).isCloseTo(50, EXACT);
    }

    @Test
    void anObjectThatIsLostAndFoundAgain() throws Exception {
        for (int frame = 1; frame <= 10; frame++) {
            object(frame, 1, 0);
            object(frame, 2, 500);
            track(frame, 2, 500);
            if (frame <= 2 || frame >= 9) {
                track(frame, 1, 0);
            }
        }

        Map<String, Number> figures = judge();

        assertThat(count(figures, "Frag")).isEqualTo(1);
        assertThat(count(figures, "IDSW")).isZero();
        assertThat(count(figures, "CLR_FN")).isEqualTo(6);
        assertThat(count(figures, "MT")).isEqualTo(1);
        assertThat(count(figures, "PT")).isEqualTo(1);
        assertThat(share(figures, "MOTA")).isCloseTo(70, EXACT);
        assertThat(share(figures, "IDR")).isCloseTo(70, EXACT);
        assertThat(share(figures, "IDP")).isCloseTo(100, EXACT);
    }

    @Test
    void aBoxThatOverlapsByHalfCountsAtTheThresholdsUpToThere() throws Exception {
        object(1, 1, 0);
        tracks.add(new MotChallengeRow(1, 1, 0, 0, 10, 10, 1));

        Map<String, Number> figures = judge();

        // 0.05 to 0.50 are 10 of 19 thresholds.
        assertThat(share(figures, "HOTA")).isCloseTo(100 * 10 / 19.0, EXACT);
        assertThat(share(figures, "LocA")).isCloseTo(100 * (10 * 0.5 + 9) / 19, EXACT);
        assertThat(share(figures, "MOTP")).isCloseTo(50, EXACT);
        assertThat(share(figures, "HOTA(0)")).isCloseTo(100, EXACT);
    }

    @Test
    void whoFollowedAnObjectGoesOnWithItThoughAnotherFitsBetter() throws Exception {
        object(1, 1, 0);
        track(1, 1, 0);
        object(2, 1, 0);
        track(2, 1, 3);
        track(2, 2, 0);

        Map<String, Number> figures = judge();

        assertThat(count(figures, "IDSW")).isZero();
        assertThat(count(figures, "CLR_FP")).isEqualTo(1);
    }

    @Test
    void whoFollowsADistractorIsNeitherPraisedNorBlamed() throws Exception {
        truth.add(new GroundTruthRow(1, 1, 0, 0, 10, 20, true, Benchmark.PEDESTRIAN));
        truth.add(new GroundTruthRow(1, 2, 100, 0, 10, 20, false, 8));
        truth.add(new GroundTruthRow(1, 3, 200, 0, 10, 20, false, 3));
        truth.add(new GroundTruthRow(1, 4, 300, 0, 10, 20, false, Benchmark.PEDESTRIAN));
        truth.add(new GroundTruthRow(1, 5, 400, 0, 10, 20, false, 6));
        track(1, 1, 0);
        track(1, 2, 100);
        track(1, 3, 200);
        track(1, 5, 400);

        Map<String, Number> figures = judge();

        // The car and the bicycle are no distractors, and the unmarked pedestrian need not be
        // found.
        assertThat(count(figures, "CLR_TP")).isEqualTo(1);
        assertThat(count(figures, "CLR_FP")).isEqualTo(2);
        assertThat(count(figures, "CLR_FN")).isZero();
        assertThat(count(judge(Benchmark.MOT20), "CLR_FP")).isEqualTo(1);
        assertThat(count(judge(Benchmark.MOT15), "CLR_FP")).isEqualTo(3);
    }

    @Test
    void withoutTracksAllIsMissed() throws Exception {
        object(1, 1, 0);

        Map<String, Number> figures = judge();

        assertThat(share(figures, "HOTA")).isZero();
        assertThat(share(figures, "LocA")).isCloseTo(100, EXACT);
        assertThat(count(figures, "CLR_FN")).isEqualTo(1);
        assertThat(count(figures, "ML")).isEqualTo(1);
        assertThat(count(figures, "IDFN")).isEqualTo(1);
    }

    @Test
    void withoutTruthAllIsWrong() throws Exception {
        track(1, 1, 0);

        Map<String, Number> figures = judge();

        assertThat(share(figures, "HOTA")).isZero();
        assertThat(count(figures, "CLR_FP")).isEqualTo(1);
        assertThat(count(figures, "IDFP")).isEqualTo(1);
    }

    @Test
    void sequencesTogetherAreNotTheirMean() throws Exception {
        for (int frame = 1; frame <= 30; frame++) {
            object(frame, 1, 0);
            track(frame, 1, 0);
        }
        TrackingScores good = scores(null);
        truth.clear();
        tracks.clear();
        for (int frame = 1; frame <= 10; frame++) {
            object(frame, 1, 0);
            track(frame, frame <= 5 ? 1 : 2, 0);
        }

        Map<String, Number> figures = TrackingScores.combine(List.of(good, scores(null))).figures();

        assertThat(share(figures, "AssA")).isCloseTo(100 * (30 + 5) / 40.0, EXACT);
        assertThat(share(figures, "MOTA")).isCloseTo(100 * 39 / 40.0, EXACT);
        assertThat(count(figures, "IDs")).isEqualTo(3);
    }

    @Test
    void whatContradictsItselfIsRefused() {
        object(1, 1, 0);
        object(1, 1, 50);
        refused("id 1 twice in frame 1");
        truth.clear();

        track(3, 4, 0);
        track(3, 4, 50);
        refused("id 4 twice in frame 3");
        tracks.clear();

        track(1, -1, 0);
        refused("are these detections");
        tracks.clear();

        track(11, 1, 0);
        refused("frame 11, the sequence has 10 frames");
        tracks.clear();

        truth.add(new GroundTruthRow(1, 1, 0, 0, 10, 20, true, 14));
        refused("class 14");
    }

    private void refused(String message) {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> new TrackingEvaluation(0.5, null).judge("seq", truth, tracks, 10))
                .withMessageStartingWith("seq: ")
                .withMessageContaining(message);
    }

    private Map<String, Number> judge() throws EvaluationException {
        return scores(null).figures();
    }

    private Map<String, Number> judge(Benchmark benchmark) throws EvaluationException {
        return scores(benchmark).figures();
    }

    private TrackingScores scores(Benchmark benchmark) throws EvaluationException {
        return new TrackingEvaluation(0.5, benchmark).judge("seq", truth, tracks, 0);
    }

    private void object(int frame, long id, double left) {
        truth.add(new GroundTruthRow(frame, id, left, 0, 10, 20, true, NO_CLASS));
    }

    private void track(int frame, long id, double left) {
        tracks.add(new MotChallengeRow(frame, id, left, 0, 10, 20, 1));
    }

    private static double share(Map<String, Number> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name).doubleValue();
    }

    private static long count(Map<String, Number> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name).longValue();
    }
}

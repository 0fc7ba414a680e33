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
package io.frameflow.nms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreedyNmsTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final GreedyNms nms = new GreedyNms(ALL);
    private final Candidates candidates = new Candidates(1);

    /** A box of 10 x 10 pixels. */
    private void square(float left, float score, int classId) {
        candidates.add(candidates.count(), left, 0, left + 10, 10, score, classId);
    }

    private int[] select(float threshold) {
        return nms.select(candidates, threshold, ALL, false);
    }

    @Test
    void keepsNothingOfNothing() {
        assertThat(select(0.5f)).isEmpty();
    }

    @Test
    void keepsTheBestOfThoseThatOverlap() {
        square(0, 0.5f, 0);
        square(1, 0.9f, 0);
        square(100, 0.1f, 0);

        assertThat(select(0.5f)).containsExactly(1, 2);
    }

    @Test
    void letsASuppressedBoxSuppressNothing() {
        square(0, 0.9f, 0);
        square(4, 0.8f, 0); // overlaps both neighbours by 3 / 7
        square(8, 0.7f, 0);

        assertThat(select(0.4f)).containsExactly(0, 2);
    }

    @Test
    void keepsWhatOverlapsByExactlyTheThreshold() {
        square(0, 0.9f, 0);
        square(5, 0.8f, 0);
        float third = 50f / 150f;

        assertThat(select(third)).containsExactly(0, 1);
        assertThat(select(Math.nextDown(third))).containsExactly(0);
    }

    @Test
    void takesTheFirstOfEqualScores() {
        square(100, 0.5f, 0);
        square(0, 0.5f, 0);
        square(1, 0.5f, 0);
        square(101, 0.5f, 0);

        assertThat(select(0.5f)).containsExactly(0, 1);
    }

    @Test
    void takesZeroAndNegativeZeroForEqual() {
        square(0, -0f, 0);
        square(1, 0f, 0);

        assertThat(select(0.5f)).containsExactly(0);
    }

    @Test
    void ordersScoresOfAnySign() {
        float[] scores = {
            -2, 3, -0.5f, Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, 1e-40f
        };
        for (int i = 0; i < scores.length; i++) {
            square(100 * i, scores[i], 0);
        }

        assertThat(select(0.5f)).containsExactly(5, 1, 6, 4, 2, 0, 3);
    }

    @Test
    void separatesClassesUnlessToldOtherwise() {
        square(0, 0.9f, 7);
        square(0, 0.8f, 3);
        square(0, 0.7f, 7);

        assertThat(select(0.5f)).containsExactly(0, 1);
        assertThat(nms.select(candidates, 0.5f, ALL, true)).containsExactly(0);
    }

    @Test
    void keepsAtMostTheBestOfAllClasses() {
        for (int i = 0; i < 10; i++) {
            square(100 * i, i / 10f, i % 2);
        }

        assertThat(nms.select(candidates, 0.5f, 3, false)).containsExactly(9, 8, 7);
    }

    @Test
    void looksAtTheBestCandidatesOnly() {
        GreedyNms limited = new GreedyNms(2);
        square(0, 0.7f, 0);
        square(0, 0.9f, 0);
        square(0, 0.8f, 0);
        square(100, 0.6f, 0);

        assertThat(limited.select(candidates, 0.5f, ALL, false)).containsExactly(1);
        assertThatThrownBy(() -> new GreedyNms(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverKeepsAScoreThatIsNoNumber() {
        square(0, Float.NaN, 0);
        square(1, 0.5f, 0);

        assertThat(select(0.5f)).containsExactly(1);
    }

    @Test
    void letsACoordinateThatIsNoNumberOverlapNothing() {
        square(Float.NaN, 0.9f, 0);
        square(0, 0.8f, 0);
        square(Float.NaN, 0.7f, 0);

        assertThat(select(0f)).containsExactly(0, 1, 2);
    }

    @Test
    void letsBoxesWithoutAreaOverlapNothing() {
        candidates.add(0, 5, 5, 5, 5, 0.9f, 0);
        candidates.add(1, 5, 5, 5, 5, 0.8f, 0);
        candidates.add(2, 10, 10, 0, 0, 0.7f, 0);
        candidates.add(3, 0, 0, 10, 10, 0.6f, 0);

        assertThat(select(0f)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void keepsNoMemoryOfTheFrameBefore() {
        square(0, 0.9f, 0);
        square(50, 0.8f, 0);
        assertThat(select(0.5f)).containsExactly(0, 1);

        candidates.clear();
        square(50, 0.1f, 0);

        assertThat(select(0.5f)).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 1024, 1025, 5000})
    void keepsAllOfManyThatAreApart(int count) {
        IntStream.range(0, count).forEach(i -> square(20 * i, 1f - i * 1e-4f, i % 3));

        assertThat(select(0.5f)).containsExactly(IntStream.range(0, count).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 1024, 1025, 5000})
    void keepsOneOfManyThatAreTheSame(int count) {
        IntStream.range(0, count).forEach(i -> square(0, 0.5f, 0));

        assertThat(select(0.5f)).containsExactly(0);
    }
}

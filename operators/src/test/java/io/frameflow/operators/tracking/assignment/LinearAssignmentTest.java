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
package io.frameflow.operators.tracking.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearAssignmentTest {
    private static final int NONE = LinearAssignment.NONE;
    private static final double NEVER = 1e3;

    private final LinearAssignment assignment = new LinearAssignment();

    @Test
    void noRowsOrNoColumns() {
        assertThat(solve(new double[0][0], NEVER)).isEmpty();
        assertThat(solve(new double[3][0], NEVER)).containsExactly(NONE, NONE, NONE);
    }

    @Test
    void theNearestColumnIsGivenUpWhereThatIsCheaperForAll() {
        double[][] costs = {{0.1, 0.2}, {0.1, 0.9}};

        assertThat(solve(costs, 1)).containsExactly(1, 0);
    }

    @Test
    void aPairAtTheLimitIsNotMatched() {
        assertThat(solve(new double[][] {{0.5}}, 0.5)).containsExactly(NONE);
        assertThat(solve(new double[][] {{Math.nextDown(0.5)}}, 0.5)).containsExactly(0);
    }

    @Test
    void aRowStaysAloneWhereTwoWouldOnlyFitBadly() {
        // Both rows matched cost 0.3 + 0.3; the second alone costs 0.0 + 0.4.
        double[][] costs = {{0.0, 0.3}, {0.3, 0.9}};

        assertThat(solve(costs, 0.4)).containsExactly(0, NONE);
        assertThat(solve(costs, 0.7)).containsExactly(1, 0);
    }

    @Test
    void aForbiddenPairIsNeverMatched() {
        double no = Double.POSITIVE_INFINITY;

        assertThat(solve(new double[][] {{no, no}, {no, 0.2}}, NEVER)).containsExactly(NONE, 1);
        assertThat(solve(new double[][] {{no}, {no}}, NEVER)).containsExactly(NONE, NONE);
    }

    @Test
    void equalCostsGoToTheFirstColumns() {
        double[][] costs = {{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}};

        assertThat(solve(costs, 1)).containsExactly(0, 1);
    }

    @Test
    void anInstanceIsUsedAgainForProblemsOfOtherSizes() {
        double[][] large = random(new Random(7), 40, 50, 0.2);
        int[] first = solve(large, 0.8);
        solve(new double[][] {{0.3}}, 0.8);

        assertThat(solve(large, 0.8)).isEqualTo(first);
        assertThat(solve(new double[][] {{0.3}, {0.2}}, 0.8)).containsExactly(NONE, 0);
    }

    @Property(tries = 3000)
    void noOtherChoiceIsCheaper(
            @ForAll @IntRange(max = 5) int rows,
            @ForAll @IntRange(max = 6) int columns,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] costs =
                kind == 0 ? coarse(random, rows, columns) : random(random, rows, columns, 0.2);
        double limit = kind == 1 ? NEVER : 0.2 + 0.7 * random.nextDouble();

        int[] columnOf = solve(costs, limit);

        assertValid(costs, limit, columnOf);
        assertThat(total(costs, limit, columnOf))
                .isCloseTo(cheapest(costs, limit, 0, new boolean[columns]), within(1e-9));
    }

    @Property(tries = 200)
    void exchangingRowsAndColumnsDoesNotChangeWhatItCosts(
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 60) int columns,
            @ForAll long seed) {
        double limit = 0.8;
        double[][] costs = random(new Random(seed), rows, columns, 0.5);
        double[][] exchanged = new double[columns][rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                exchanged[column][row] = costs[row][column];
            }
        }

        int[] columnOf = solve(costs, limit);
        int[] rowOf = solve(exchanged, limit);

        assertValid(costs, limit, columnOf);
        // A pair saves the limit less its cost, whichever side is counted.
        assertThat(rows * limit - total(costs, limit, columnOf))
                .isCloseTo(columns * limit - total(exchanged, limit, rowOf), within(1e-9));
    }

    private int[] solve(double[][] costs, double limit) {
        int columns = costs.length == 0 ? 0 : costs[0].length;
        double[] flat = new double[costs.length * columns];
        for (int row = 0; row < costs.length; row++) {
            System.arraycopy(costs[row], 0, flat, row * columns, columns);
        }
        int[] columnOf = new int[costs.length];
        assignment.solve(flat, costs.length, columns, limit, columnOf);
        return columnOf;
    }

    private static void assertValid(double[][] costs, double limit, int[] columnOf) {
        int[] matched = Arrays.stream(columnOf).filter(column -> column != NONE).toArray();
        assertThat(matched).doesNotHaveDuplicates();
        for (int row = 0; row < columnOf.length; row++) {
            if (columnOf[row] != NONE) {
                assertThat(costs[row][columnOf[row]]).isLessThan(limit);
            }
        }
    }

    private static double total(double[][] costs, double limit, int[] columnOf) {
        double sum = 0;
        for (int row = 0; row < columnOf.length; row++) {
            sum += columnOf[row] == NONE ? limit : costs[row][columnOf[row]];
        }
        return sum;
    }

    private static double cheapest(double[][] costs, double limit, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double best = limit + cheapest(costs, limit, row + 1, taken);
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column] && costs[row][column] < limit) {
                taken[column] = true;
                best = Math.min(best, costs[row][column] + cheapest(costs, limit, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }

    private static double[][] random(Random random, int rows, int columns, double forbidden) {
        double[][] costs = new double[rows][columns];
        for (double[] row : costs) {
            for (int column = 0; column < columns; column++) {
                row[column] =
                        random.nextDouble() < forbidden
                                ? Double.POSITIVE_INFINITY
                                : random.nextDouble();
            }
        }
        return costs;
    }

    /** Costs of few values, so that many solutions are equally cheap. */
    private static double[][] coarse(Random random, int rows, int columns) {
        double[][] costs = new double[rows][columns];
        for (double[] row : costs) {
            for (int column = 0; column < columns; column++) {
                row[column] = random.nextInt(4) / 4.0;
            }
        }
        return costs;
    }
}

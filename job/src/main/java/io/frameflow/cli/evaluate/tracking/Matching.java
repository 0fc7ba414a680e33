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

import io.frameflow.operators.tracking.assignment.LinearAssignment;

/**
 * Pairs rows with columns so that the sum of their scores is largest. Only pairs with a score above
 * 0 are made. Memory is kept between calls. Not thread-safe.
 */
final class Matching {
    /** Stands for "no column". */
    static final int NONE = LinearAssignment.NONE;

    /** Scores up to this, the distance of 1 from the next larger number, count as 0. */
    static final double EPSILON = Math.ulp(1.0);

    private final LinearAssignment assignment = new LinearAssignment();
    private double[] costs = {};
    private int[] columnOf = {};

    /** The score of a pair. */
    @FunctionalInterface
    interface Score {
        double of(int row, int column);
    }

    /** Finds the pairs. */
    void solve(int rows, int columns, Score score) {
        if (costs.length < rows * columns) {
            costs = new double[rows * columns];
        }
        if (columnOf.length < rows) {
            columnOf = new int[rows];
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = score.of(row, column);
                costs[row * columns + column] = value > EPSILON ? -value : Double.POSITIVE_INFINITY;
            }
        }
        assignment.solve(costs, rows, columns, 0, columnOf);
    }

    /** The column of a row, or {@link #NONE}. */
    int columnOf(int row) {
        return columnOf[row];
    }
}

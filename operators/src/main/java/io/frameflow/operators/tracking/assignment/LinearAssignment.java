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

import java.util.Arrays;

/**
 * Optimal assignment of rows to columns, of which any may stay alone: the pairs are chosen so that
 * the sum of their costs, plus the limit for every row without a column, is smallest. A pair whose
 * cost is the limit or more is therefore never chosen, and giving up a cheap pair is worth it where
 * that saves more elsewhere. With the limit so high that it never counts this is the classical
 * rectangular assignment problem.
 *
 * <p>Shortest augmenting paths with dual prices, after Jonker and Volgenant, "A shortest augmenting
 * path algorithm for dense and sparse linear assignment problems" (Computing 38, 1987); O(rows^2 *
 * columns). A row's way to stay alone is a column of its own with the limit as its cost; no other
 * row can want it, so it needs neither a price nor a place in memory.
 *
 * <p>Among equally cheap solutions the same one is always taken. Memory is kept between calls:
 * nothing is allocated once the largest problem was seen. Not thread-safe.
 */
public final class LinearAssignment {
    /** Stands for "no column". */
    public static final int NONE = -1;

    private double[] price = {};
    private double[] distance = {};
    private int[] reachedFrom = {};
    private int[] rowOf = {};
    private int[] scanned = {};
    private boolean[] isScanned = {};

    private double[] costs = {};
    private int columns;
    private double limit;
    private int[] columnOf = {};

    /**
     * Solves one problem.
     *
     * @param costs cost of each pair, row by row: {@code rows * columns} numbers, longer arrays are
     *     allowed. Positive infinity forbids a pair; NaN and negative infinity are not allowed.
     * @param rows number of rows, 0 or above
     * @param columns number of columns, 0 or above
     * @param limit cost of a row that stays alone, finite
     * @param columnOf result: the column of each row or {@link #NONE}; at least {@code rows} long
     */
    public void solve(double[] costs, int rows, int columns, double limit, int[] columnOf) {
        this.costs = costs;
        this.columns = columns;
        this.limit = limit;
        this.columnOf = columnOf;
        reserve(columns);
        Arrays.fill(columnOf, 0, rows, NONE);
        Arrays.fill(rowOf, 0, columns, NONE);
        Arrays.fill(price, 0, columns, 0);
        for (int row = 0; row < rows; row++) {
            place(row);
        }
    }

    private void reserve(int columns) {
        if (price.length < columns) {
            int capacity = Math.max(columns, 2 * price.length);
            price = new double[capacity];
            distance = new double[capacity];
            reachedFrom = new int[capacity];
            rowOf = new int[capacity];
            scanned = new int[capacity];
            isScanned = new boolean[capacity];
        }
    }

    /** Finds the cheapest way to give a further row its place, moving earlier rows if need be. */
    private void place(int start) {
        int nearest = begin(start);
        int scannedCount = 0;
        double aloneDistance = limit;
        int alone = start;
        while (true) {
            // A row that stays alone wins a tie: then a cost equal to the limit never makes a pair.
            if (nearest == NONE || aloneDistance <= distance[nearest]) {
                updatePrices(scannedCount, aloneDistance);
                leaveAlone(alone, start);
                return;
            }
            double reached = distance[nearest];
            int row = rowOf[nearest];
            if (row == NONE) {
                updatePrices(scannedCount, reached);
                augment(nearest, start);
                return;
            }
            isScanned[nearest] = true;
            scanned[scannedCount++] = nearest;
            double offset = costs[row * columns + nearest] - price[nearest] - reached;
            if (limit - offset < aloneDistance) {
                aloneDistance = limit - offset;
                alone = row;
            }
            nearest = relax(row, offset);
        }
    }

    /** Measures the way from a row to each column, and finds the nearest. */
    private int begin(int start) {
        Arrays.fill(reachedFrom, 0, columns, start);
        Arrays.fill(isScanned, 0, columns, false);
        int base = start * columns;
        int nearest = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            double way = costs[base + column] - price[column];
            distance[column] = way;
            if (way < least) {
                least = way;
                nearest = column;
            }
        }
        return nearest;
    }

    /** Shortens the ways to the columns not scanned yet, and finds the nearest of these. */
    private int relax(int row, double offset) {
        int base = row * columns;
        int nearest = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            if (isScanned[column]) {
                continue;
            }
            double way = distance[column];
            double through = costs[base + column] - price[column] - offset;
            if (through < way) {
                way = through;
                distance[column] = through;
                reachedFrom[column] = row;
            }
            if (way < least) {
                least = way;
                nearest = column;
            }
        }
        return nearest;
    }

    private void updatePrices(int scannedCount, double pathLength) {
        for (int i = 0; i < scannedCount; i++) {
            int column = scanned[i];
            price[column] += distance[column] - pathLength;
        }
    }

    private void leaveAlone(int row, int start) {
        int freed = columnOf[row];
        columnOf[row] = NONE;
        if (row != start) {
            augment(freed, start);
        }
    }

    /** Hands each column on the path to the row that reached it, back to the start. */
    private void augment(int last, int start) {
        int column = last;
        int row;
        do {
            row = reachedFrom[column];
            rowOf[column] = row;
            int next = columnOf[row];
            columnOf[row] = column;
            column = next;
        } while (row != start);
    }
}

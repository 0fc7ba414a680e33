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
package io.frameflow.operators.analytics.geometry;

/**
 * A polygon on the {@link Grid}. Its edges and vertices belong to it. Where edges cross, the
 * even-odd rule says what is inside. Immutable.
 */
public final class Polygon {
    /** Fewest vertices. */
    public static final int FEWEST_VERTICES = 3;

    private final long[] xs;
    private final long[] ys;

    /**
     * A polygon.
     *
     * @param xs coordinates of its vertices to the right, in units of the grid
     * @param ys coordinates of its vertices downwards, as many
     */
    public Polygon(long[] xs, long[] ys) {
        if (xs.length < FEWEST_VERTICES || xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "a polygon with %d and %d coordinates".formatted(xs.length, ys.length));
        }
        this.xs = xs.clone();
        this.ys = ys.clone();
    }

    /** Whether a point is inside or on the edge. */
    public boolean contains(long x, long y) {
        boolean isInside = false;
        int from = xs.length - 1;
        for (int to = 0; to < xs.length; from = to++) {
            int side = Grid.side(xs[from], ys[from], xs[to], ys[to], x, y);
            if (side == 0 && isInBox(from, to, x, y)) {
                return true;
            }
            // An edge counts with its upper and without its lower end, so that a vertex counts
            // once.
            boolean isCrossed = ys[from] <= y != ys[to] <= y;
            if (isCrossed && side > 0 == ys[from] < ys[to]) {
                isInside = !isInside;
            }
        }
        return isInside;
    }

    /** Whether no two edges meet but neighbours in their vertex, and none has length 0. */
    public boolean isSimple() {
        for (int i = 0; i < xs.length; i++) {
            int iEnd = (i + 1) % xs.length;
            if (xs[i] == xs[iEnd] && ys[i] == ys[iEnd]) {
                return false;
            }
            for (int j = i + 1; j < xs.length; j++) {
                if (meet(i, iEnd, j, (j + 1) % xs.length)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether two edges have a point in common that they should not have. */
    private boolean meet(int a, int b, int c, int d) {
        if (b == c) {
            return foldsBack(a, b, d);
        }
        if (d == a) {
            return foldsBack(c, d, b);
        }
        int aSide = side(c, d, a);
        int bSide = side(c, d, b);
        int cSide = side(a, b, c);
        int dSide = side(a, b, d);
        if (aSide != bSide && cSide != dSide) {
            return true;
        }
        return (aSide == 0 && isInBox(c, d, xs[a], ys[a]))
                || (bSide == 0 && isInBox(c, d, xs[b], ys[b]))
                || (cSide == 0 && isInBox(a, b, xs[c], ys[c]))
                || (dSide == 0 && isInBox(a, b, xs[d], ys[d]));
    }

    /** Whether the edge after a shared vertex runs back over the one before it. */
    private boolean foldsBack(int before, int shared, int after) {
        return side(before, shared, after) == 0
                && (isInBox(before, shared, xs[after], ys[after])
                        || isInBox(shared, after, xs[before], ys[before]));
    }

    private int side(int from, int to, int point) {
        return Grid.side(xs[from], ys[from], xs[to], ys[to], xs[point], ys[point]);
    }

    private boolean isInBox(int a, int b, long x, long y) {
        return Math.min(xs[a], xs[b]) <= x
                && x <= Math.max(xs[a], xs[b])
                && Math.min(ys[a], ys[b]) <= y
                && y <= Math.max(ys[a], ys[b]);
    }
}

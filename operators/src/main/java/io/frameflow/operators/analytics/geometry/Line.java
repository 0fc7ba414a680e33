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
 * A line on the {@link Grid} between two points, with a side that counts as forward. Immutable.
 *
 * <p>A point on the line itself belongs to the backward side. So an object that reaches the line
 * has not crossed it, one that leaves it forward has, and one that turns round on it never did:
 * along any path the crossings of an extended line forward less those backward are what the two
 * ends of the path say.
 *
 * <p>A movement through an end of the line counts if the line lies on one certain side of it. So
 * where lines are joined end to end, a movement through the joint crosses one of the two or, if it
 * only touches the joint, both in opposite directions or neither: the sum is right in any case.
 */
public final class Line {
    private final long ax;
    private final long ay;
    private final long bx;
    private final long by;
    private final int forward;
    private final boolean extended;

    /**
     * A line.
     *
     * @param ax its first end, to the right
     * @param ay its first end, downwards
     * @param bx its second end, to the right
     * @param by its second end, downwards
     * @param forward which side is forward, -1 or 1: the {@link Grid#side} of points there
     * @param extended whether it goes on beyond its ends without limit
     */
    public Line(long ax, long ay, long bx, long by, int forward, boolean extended) {
        this.ax = ax;
        this.ay = ay;
        this.bx = bx;
        this.by = by;
        this.forward = forward;
        this.extended = extended;
        if (forward != 1 && forward != -1) {
            throw new IllegalArgumentException("no side of the line is " + forward);
        }
    }

    /**
     * How a straight movement crosses the line.
     *
     * @param fromX where it begins, to the right
     * @param fromY where it begins, downwards
     * @param toX where it ends, to the right
     * @param toY where it ends, downwards
     * @return 1 forward, -1 backward, 0 not at all
     */
    public int crossing(long fromX, long fromY, long toX, long toY) {
        boolean begins = isForward(fromX, fromY);
        boolean ends = isForward(toX, toY);
        if (begins == ends) {
            return 0;
        }
        if (!extended && !isBetweenEnds(fromX, fromY, toX, toY)) {
            return 0;
        }
        return ends ? 1 : -1;
    }

    private boolean isForward(long x, long y) {
        return Grid.side(ax, ay, bx, by, x, y) == forward;
    }

    /** Whether the ends lie on different sides of a movement; on it counts as on the one side. */
    private boolean isBetweenEnds(long fromX, long fromY, long toX, long toY) {
        return Grid.side(fromX, fromY, toX, toY, ax, ay) > 0
                != Grid.side(fromX, fromY, toX, toY, bx, by) > 0;
    }
}

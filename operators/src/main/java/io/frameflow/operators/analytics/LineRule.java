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
package io.frameflow.operators.analytics;

import io.frameflow.operators.analytics.geometry.Grid;
import java.io.Serializable;

/**
 * A line that objects cross in a direction: {@code line-crossing}.
 *
 * @param label its name, unique among the lines of its camera
 * @param directionFrom where the arrow begins that gives the direction
 * @param directionTo where the arrow ends; not along the line
 * @param from one end of the line
 * @param to the other end
 * @param extended whether the line goes on beyond its ends
 * @param mode how exactly the movement must follow the direction
 * @param classes classes that count
 */
public record LineRule(
        String label,
        Point directionFrom,
        Point directionTo,
        Point from,
        Point to,
        boolean extended,
        DirectionMode mode,
        ClassFilter classes)
        implements Serializable {

    /** Size in pixels of the square picture that shapes are checked in, apart from frames. */
    public static final int CHECKED_SIDE = 65_536;

    /** Checks the direction. */
    public LineRule {
        if (side(directionFrom, directionTo, from, to) == 0) {
            throw new IllegalArgumentException("line " + label + " has a direction along itself");
        }
    }

    /**
     * To which side of a line an arrow points: -1 or 1, or 0 where it points along it. It does not
     * depend on the size of frames.
     */
    public static int side(Point arrowFrom, Point arrowTo, Point from, Point to) {
        return Grid.side(
                0,
                0,
                Grid.of((to.x() - from.x()) * CHECKED_SIDE),
                Grid.of((to.y() - from.y()) * CHECKED_SIDE),
                Grid.of((arrowTo.x() - arrowFrom.x()) * CHECKED_SIDE),
                Grid.of((arrowTo.y() - arrowFrom.y()) * CHECKED_SIDE));
    }

    /** The side of the line that the direction points to: -1 or 1. */
    int forward() {
        return side(directionFrom, directionTo, from, to);
    }
}

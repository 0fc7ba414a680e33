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
 * The grid that points lie on: 256 units a pixel, as rasterizers have it. Coordinates are bounded
 * so that the products of their differences fit into 64 bits; with them no question of geometry
 * needs rounding, nor a tolerance.
 */
public final class Grid {
    /** Units of the grid in a pixel. */
    public static final int UNITS_PER_PIXEL = 256;

    /** Coordinates beyond, in pixels to either side, are moved to it. */
    public static final int FARTHEST_PIXEL = 1 << 21;

    private Grid() {}

    /**
     * The unit nearest to a coordinate.
     *
     * @param pixels the coordinate in pixels, any number but NaN
     */
    public static long of(double pixels) {
        if (Double.isNaN(pixels)) {
            throw new IllegalArgumentException("a coordinate is not a number");
        }
        double bounded = Math.max(-FARTHEST_PIXEL, Math.min(FARTHEST_PIXEL, pixels));
        return Math.round(bounded * UNITS_PER_PIXEL);
    }

    /**
     * On which side of the line from a to b a third point lies: 0 on it; otherwise the sign says
     * the side, the same for all points of one side.
     */
    public static int side(long ax, long ay, long bx, long by, long x, long y) {
        return Long.signum(
                Math.subtractExact(
                        Math.multiplyExact(bx - ax, y - ay), Math.multiplyExact(by - ay, x - ax)));
    }
}

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
import java.util.Arrays;

/** What is remembered of one object between two frames. Coordinates are in units of the grid. */
final class TrackedObject {
    /** Stands for "not inside" and "no direction". */
    static final int NONE = -1;

    final long trackId;

    /** Reference point when it was last seen. */
    long x;

    long y;

    /** Where its direction was last looked at. */
    long anchorX;

    long anchorY;

    /** Place of its direction in the rules, or {@link #NONE}. */
    int direction = NONE;

    /** When it was last seen, by the clock of the state. */
    long seenMicros;

    /** For each region when it entered it, by the clock of the state, or {@link #NONE}. */
    final long[] enteredMicros;

    TrackedObject(long trackId, int regions) {
        this.trackId = trackId;
        this.enteredMicros = new long[regions];
        Arrays.fill(enteredMicros, NONE);
    }

    boolean isInside(int region) {
        return enteredMicros[region] != NONE;
    }

    void rescale(double horizontal, double vertical) {
        x = rescaled(x, horizontal);
        y = rescaled(y, vertical);
        anchorX = rescaled(anchorX, horizontal);
        anchorY = rescaled(anchorY, vertical);
    }

    private static long rescaled(long coordinate, double factor) {
        return Grid.of(coordinate * factor / Grid.UNITS_PER_PIXEL);
    }
}

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

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that analytics remembers of one camera: totals since counting began, and its open objects.
 * The arrays are in the order of the camera's rules. Not thread-safe.
 *
 * <p>Regions are the zones, then the overcrowding zones.
 */
public final class AnalyticsState {
    /** Stands for "no time". */
    static final long NO_TIME = Long.MIN_VALUE;

    /** The longest step of the clock; a camera that was silent for longer has no objects left. */
    private static final long LONGEST_STEP_MICROS = 86_400_000_000L;

    final long[] entries;
    final long[] exits;
    final long[] dwellMicros;

    /** For each overcrowding zone since when it has held too many, or {@link #NO_TIME}. */
    final long[] crowdedSince;

    final boolean[] isOvercrowded;
    final long[] overcrowdings;
    final long[] crossings;
    final long[] directionChanges;
    final SortedMap<Long, TrackedObject> objects = new TreeMap<>();

    /** Size of the latest frame that had one, in pixels; 0 before it. */
    int width;

    int height;

    /** Time that went by, as the capture times say; it never goes back. */
    long clockMicros;

    /** Capture time of the latest frame, or {@link #NO_TIME}. */
    long captureTimeMicros = NO_TIME;

    /** The state of a camera that nothing is known of. */
    public AnalyticsState(CameraRules rules) {
        int zones = rules.zones().size();
        int crowds = rules.overcrowding().size();
        entries = new long[zones];
        exits = new long[zones];
        dwellMicros = new long[zones];
        crowdedSince = new long[crowds];
        Arrays.fill(crowdedSince, NO_TIME);
        isOvercrowded = new boolean[crowds];
        overcrowdings = new long[crowds];
        crossings = new long[rules.lines().size()];
        directionChanges = new long[rules.directions().size()];
    }

    int regions() {
        return entries.length + isOvercrowded.length;
    }

    /**
     * Moves the clock on to a frame; one that was taken before the latest does not turn it back.
     */
    void advance(long captureMicros) {
        if (captureTimeMicros != NO_TIME && captureMicros > captureTimeMicros) {
            long step = captureMicros - captureTimeMicros;
            // Below 0 where the times are so far apart that their difference has no number.
            clockMicros += step < 0 ? LONGEST_STEP_MICROS : Math.min(step, LONGEST_STEP_MICROS);
        }
        captureTimeMicros = captureMicros;
    }

    /** Times that objects entered a zone. */
    public long entries(int zone) {
        return entries[zone];
    }

    /** Times that objects left a zone. */
    public long exits(int zone) {
        return exits[zone];
    }

    /** Time that the objects which left a zone had been in it, in microseconds. */
    public long dwellMicros(int zone) {
        return dwellMicros[zone];
    }

    /** Objects in a zone. */
    public int occupancy(int zone) {
        return inside(zone);
    }

    /** Objects in an overcrowding zone. */
    public int crowd(int overcrowding) {
        return inside(entries.length + overcrowding);
    }

    /** Times that a zone became overcrowded. */
    public long overcrowdings(int overcrowding) {
        return overcrowdings[overcrowding];
    }

    /** Times that objects crossed a line. */
    public long crossings(int line) {
        return crossings[line];
    }

    /** Times that objects began to move in a direction. */
    public long directionChanges(int direction) {
        return directionChanges[direction];
    }

    int inside(int region) {
        int count = 0;
        for (TrackedObject object : objects.values()) {
            if (object.isInside(region)) {
                count++;
            }
        }
        return count;
    }
}

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
package io.frameflow.operators.tracking.tracker;

/** Checks of options; the messages name them. */
final class OptionChecks {
    private static final int MOST_FRAMES = 1_000_000;
    private static final int MOST_TARGETS = 10_000;

    private OptionChecks() {}

    static void requireFraction(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be from 0 to 1");
        }
    }

    /** ByteTrack's three thresholds of score. */
    static void requireScores(float high, float low, float begin) {
        requireFraction("track_high_thresh", high);
        requireFraction("track_low_thresh", low);
        requireFraction("new_track_thresh", begin);
        if (low > high) {
            throw new IllegalArgumentException(
                    "track_low_thresh is "
                            + low
                            + ", must not be above track_high_thresh, which is "
                            + high);
        }
    }

    static void requireFrames(String name, int value) {
        requireRange(name, value, 0, MOST_FRAMES);
    }

    static void requireTargets(int value) {
        requireRange("maxTargetsPerStream", value, 1, MOST_TARGETS);
    }

    static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", must be from " + least + " to " + most);
        }
    }
}

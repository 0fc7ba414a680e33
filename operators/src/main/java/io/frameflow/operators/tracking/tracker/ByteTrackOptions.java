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

import java.io.Serializable;

/**
 * Options of {@link ByteTracker}, named as Ultralytics names them and with the same defaults.
 *
 * @param trackHighThresh {@code track_high_thresh}: a detection with this score or more can begin
 *     or continue a track. Zhang et al. use 0.6
 * @param trackLowThresh {@code track_low_thresh}: a detection with this score or more, but less
 *     than {@code track_high_thresh}, can continue a track; below it is not used
 * @param newTrackThresh {@code new_track_thresh}: a detection needs this score or more to begin a
 *     track. Zhang et al. use {@code track_high_thresh} + 0.1
 * @param trackBuffer {@code track_buffer}: frames that a track is kept while it is not seen, 0 or
 *     above
 * @param matchThresh {@code match_thresh}: in the first stage, a track and a detection whose cost
 *     is this or more are not matched; the cost is 1 less overlap, from 0 to 1
 * @param fuseScore {@code fuse_score}: whether the overlap is weighted by the score
 * @param maxTargetsPerStream {@code maxTargetsPerStream}, a limit that DeepStream's tracker has as
 *     well: most open tracks of a camera. When there is no room, the track that was lost for
 *     longest leaves; when none is lost, no new one begins
 */
public record ByteTrackOptions(
        float trackHighThresh,
        float trackLowThresh,
        float newTrackThresh,
        int trackBuffer,
        float matchThresh,
        boolean fuseScore,
        int maxTargetsPerStream)
        implements Serializable {

    /** The defaults. */
    public static final ByteTrackOptions DEFAULTS =
            new ByteTrackOptions(0.25f, 0.1f, 0.25f, 30, 0.8f, true, 150);

    /** Most open tracks that can be asked for. */
    private static final int MOST_TARGETS = 10_000;

    /** Longest buffer that can be asked for, in frames. */
    private static final int LONGEST_BUFFER = 1_000_000;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public ByteTrackOptions {
        requireFraction("track_high_thresh", trackHighThresh);
        requireFraction("track_low_thresh", trackLowThresh);
        requireFraction("new_track_thresh", newTrackThresh);
        requireFraction("match_thresh", matchThresh);
        if (trackLowThresh > trackHighThresh) {
            throw new IllegalArgumentException(
                    "track_low_thresh is "
                            + trackLowThresh
                            + ", must not be above track_high_thresh, which is "
                            + trackHighThresh);
        }
        requireRange("track_buffer", trackBuffer, 0, LONGEST_BUFFER);
        requireRange("maxTargetsPerStream", maxTargetsPerStream, 1, MOST_TARGETS);
    }

    private static void requireFraction(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be from 0 to 1");
        }
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", must be from " + least + " to " + most);
        }
    }
}

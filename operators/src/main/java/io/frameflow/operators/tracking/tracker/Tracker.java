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

/**
 * An online tracker: it sees each frame once and never looks ahead. It keeps nothing of a camera
 * between two calls, so one instance serves any number of cameras, each with its own {@link
 * TrackSet}. The same calls give the same result on every machine. Not thread-safe.
 */
public interface Tracker {

    /**
     * Lets time pass: the tracks move on as their motion says, and those that have been out of
     * sight for too long end.
     *
     * @param tracks the camera's tracks
     * @param frames frames of the camera since the one before, 1 or above; more than 1 where frames
     *     are missing
     * @param listener hears of the tracks that end
     */
    void advance(TrackSet tracks, int frames, TrackListener listener);

    /**
     * Looks at a frame. To be called after {@link #advance}.
     *
     * @param tracks the camera's tracks
     * @param frame the detections of the frame; the track of each is set
     * @param listener hears of the changes
     */
    void update(TrackSet tracks, Observations frame, TrackListener listener);

    /**
     * Whether its authors publish the box of a track as it was detected, or as the filter estimates
     * it.
     */
    boolean reportsObservedBoxes();
}

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

/** Hears of the changes in the lives of tracks, while they happen. */
@FunctionalInterface
public interface TrackListener {

    /**
     * Something happened to a track.
     *
     * @param change what happened
     * @param track the track; valid during the call only, because tracks are used again
     */
    void onChange(TrackChange change, Track track);

    /**
     * A lost track has to make room for a new one; that it ends is told next.
     *
     * @param track the track
     */
    default void onDisplaced(Track track) {}

    /**
     * A detection would have begun a track, but there is no room.
     *
     * @param detection its index in the frame
     */
    default void onRefused(int detection) {}
}

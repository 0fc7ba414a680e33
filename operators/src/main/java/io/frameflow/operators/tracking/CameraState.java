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
package io.frameflow.operators.tracking;

import io.frameflow.operators.tracking.tracker.TrackSet;

/** All that is remembered of a camera between two frames. Filled anew for each frame. */
final class CameraState {
    /** Stands for "no time". */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};

    final FrameHistory history = new FrameHistory();
    final FrameClock clock = new FrameClock();
    final TrackSet tracks = new TrackSet();
    final HeldFrames held = new HeldFrames();

    /** What analytics remembers of the camera, as its own format writes it; empty for nothing. */
    byte[] analytics = NOTHING;

    /** Size of the latest frame that had one, in pixels; 0 before it. */
    int width;

    int height;

    /** Event time of the latest frame in milliseconds, or {@link #NO_TIME}. */
    long eventTimeMillis = NO_TIME;

    /** Event time of the timer that tells whether the camera is silent, or {@link #NO_TIME}. */
    long timerMillis = NO_TIME;

    /** Event time of the timer that ends the waiting of held frames, or {@link #NO_TIME}. */
    long heldTimerMillis = NO_TIME;

    /** When the latest frame was processed, by the clock of the machine. */
    long processedAtMillis;

    /** Becomes the state of a camera that nothing is known of. */
    void clear() {
        history.clear();
        clock.clear();
        tracks.clear();
        analytics = NOTHING;
        held.clear();
        width = 0;
        height = 0;
        eventTimeMillis = NO_TIME;
        timerMillis = NO_TIME;
        heldTimerMillis = NO_TIME;
        processedAtMillis = 0;
    }
}

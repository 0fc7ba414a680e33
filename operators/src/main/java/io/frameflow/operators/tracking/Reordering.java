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

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How frames that come out of order are put in order: one that follows the newest by its sequence
 * goes on at once; one behind a gap waits for the missing ones.
 *
 * <p>A missing frame is given up when one came whose sequence is more than the window above it, or
 * when one that waits for it has waited for the timeout in Kafka's time. Both depend on the
 * messages of the camera alone, so that a replay decides as the first run did. A camera that leaves
 * out the same number of frames each time is soon known for it and is not waited for.
 *
 * @param window how many sequences a frame may be overtaken by, 0 to {@value
 *     HeldFrames#MOST_FRAMES}; 0 waits for none
 * @param timeout how long a frame waits in Kafka's time, above 0
 */
public record Reordering(int window, Duration timeout) implements Serializable {

    /** Frames go on as they come. */
    public static final Reordering NONE = new Reordering(0, Duration.ofSeconds(1));

    /** Largest window. */
    public static final int LARGEST_WINDOW = HeldFrames.MOST_FRAMES;

    /** Checks the parameters. */
    public Reordering {
        if (window < 0 || window > LARGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "the window is " + window + ", must be from 0 to " + LARGEST_WINDOW);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout is " + timeout + ", must be above 0");
        }
    }

    /** Whether a frame has to wait for others, as far as the window goes. */
    boolean mustWait(CameraState camera, @Nullable String session, long sequence) {
        FrameHistory history = camera.history;
        if (window == 0
                || !history.hasBegun()
                || !Objects.equals(session, history.session())
                || sequence <= history.sequence()) {
            return false;
        }
        HeldFrames held = camera.held;
        if (held.isEmpty()) {
            return !isNext(history, sequence);
        }
        return held.first() < sequence
                || (!isNext(history, sequence) && !isGivenUp(sequence - 1, held.last()));
    }

    /** Whether the first of the frames that wait need not wait any longer. */
    boolean isNextReady(CameraState camera) {
        HeldFrames held = camera.held;
        if (held.isEmpty()) {
            return false;
        }
        long highest = Math.max(held.last(), camera.history.sequence());
        return isNext(camera.history, held.first()) || isGivenUp(held.first() - 1, highest);
    }

    /** When the frames that wait have waited for long enough, in Kafka's time; there is one. */
    long deadline(HeldFrames held) {
        return Times.later(held.earliestTimestamp(), timeout.toMillis());
    }

    private boolean isGivenUp(long missing, long highest) {
        return Times.difference(highest, missing) > window;
    }

    private static boolean isNext(FrameHistory history, long sequence) {
        long distance = Times.difference(sequence, history.sequence());
        return distance == 1 || history.isRegularStep(distance);
    }
}

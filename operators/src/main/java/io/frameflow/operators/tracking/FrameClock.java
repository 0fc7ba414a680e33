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

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;

/**
 * Tells how many frames of a camera lie between two that arrived: the unit of time of its tracker.
 *
 * <p>The sequence tells it, as long as the publisher numbers what it left out. Where the capture
 * times say that more time went by than that, as when a stalled camera goes on counting without a
 * gap, they win: the usual time between two frames is learnt, and a frame that comes at least three
 * quarters of it too late counts as one further on. Capture times never make the step smaller than
 * the sequence does, because they jitter and jump.
 *
 * <p>Not thread-safe.
 */
final class FrameClock {
    /** The most frames that a step can have; no tracker keeps a track for as long. */
    static final int MOST_FRAMES = 10_000_000;

    /**
     * Frames that the usual time between two is learnt from before it is used, and averaged over.
     */
    static final int LEARNING_FRAMES = 64;

    private static final double EARLY_PART = 0.25;
    private static final double LARGEST_SURPRISE = 4;

    private double intervalMicros;
    private int learnt;

    /**
     * The step from one frame to the next.
     *
     * @param sequences difference of their sequences, 1 or above
     * @param micros difference of their capture times in microseconds; 0 or below where the clock
     *     stood still or jumped back
     * @return 1 to {@link #MOST_FRAMES}
     */
    int step(long sequences, long micros) {
        long frames = sequences;
        if (micros > 0) {
            if (learnt == LEARNING_FRAMES) {
                frames = Math.max(frames, (long) (micros / intervalMicros + EARLY_PART));
            }
            learn((double) micros / sequences);
        }
        return (int) Math.min(frames, MOST_FRAMES);
    }

    private void learn(double micros) {
        if (learnt < LEARNING_FRAMES) {
            learnt++;
            intervalMicros += (micros - intervalMicros) / learnt;
        } else {
            double bounded = Math.min(micros, LARGEST_SURPRISE * intervalMicros);
            intervalMicros += (bounded - intervalMicros) / LEARNING_FRAMES;
        }
    }

    /** Forgets what it learnt. */
    void clear() {
        intervalMicros = 0;
        learnt = 0;
    }

    void write(BinaryWriter to) {
        to.writeDouble(intervalMicros);
        to.writeByte(learnt);
    }

    void read(BinaryReader from) {
        intervalMicros = from.readDouble();
        learnt = from.readVarInt(LEARNING_FRAMES);
    }
}

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
import java.util.Arrays;

/**
 * Which frames of a camera wait for earlier ones, lowest sequence first. The frames themselves lie
 * elsewhere. Of bounded size. Not thread-safe.
 */
final class HeldFrames {
    /** Most frames that wait. */
    static final int MOST_FRAMES = 64;

    /** Most that the frames that wait may weigh together, in about bytes. */
    static final int MOST_WEIGHT = 1 << 20;

    private final long[] sequences = new long[MOST_FRAMES];
    private final long[] timestamps = new long[MOST_FRAMES];
    private final int[] weights = new int[MOST_FRAMES];
    private int count;

    /** Frames that wait. */
    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean contains(long sequence) {
        return Arrays.binarySearch(sequences, 0, count, sequence) >= 0;
    }

    /** Lowest sequence; there must be one. */
    long first() {
        return sequences[requireAny()];
    }

    /** Highest sequence; there must be one. */
    long last() {
        requireAny();
        return sequences[count - 1];
    }

    /** Whether there is room for one more. */
    boolean hasRoomFor(int weight) {
        long sum = weight;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        return count < MOST_FRAMES && sum <= MOST_WEIGHT;
    }

    /**
     * Lets a frame wait; there must be room, and none with its sequence.
     *
     * @param sequence its sequence
     * @param timestamp Kafka's time of its message, in milliseconds
     * @param weight about how many bytes it has
     */
    void add(long sequence, long timestamp, int weight) {
        int place = -1 - Arrays.binarySearch(sequences, 0, count, sequence);
        if (place < 0 || !hasRoomFor(weight)) {
            throw new IllegalStateException("no place for frame " + sequence);
        }
        System.arraycopy(sequences, place, sequences, place + 1, count - place);
        System.arraycopy(timestamps, place, timestamps, place + 1, count - place);
        System.arraycopy(weights, place, weights, place + 1, count - place);
        sequences[place] = sequence;
        timestamps[place] = timestamp;
        weights[place] = weight;
        count++;
    }

    /** Takes out the frame of the lowest sequence; there must be one. */
    void removeFirst() {
        requireAny();
        count--;
        System.arraycopy(sequences, 1, sequences, 0, count);
        System.arraycopy(timestamps, 1, timestamps, 0, count);
        System.arraycopy(weights, 1, weights, 0, count);
    }

    /** Kafka's time of the message that came first; there must be one. */
    long earliestTimestamp() {
        long earliest = timestamps[requireAny()];
        for (int i = 1; i < count; i++) {
            earliest = Math.min(earliest, timestamps[i]);
        }
        return earliest;
    }

    private int requireAny() {
        if (count == 0) {
            throw new IllegalStateException("no frame waits");
        }
        return 0;
    }

    /** Forgets everything. */
    void clear() {
        count = 0;
    }

    void write(BinaryWriter to) {
        to.writeVarLong(count);
        for (int i = 0; i < count; i++) {
            to.writeLong(sequences[i]);
            to.writeLong(timestamps[i]);
            to.writeVarLong(weights[i]);
        }
    }

    void read(BinaryReader from) {
        count = from.readVarInt(MOST_FRAMES);
        for (int i = 0; i < count; i++) {
            sequences[i] = from.readLong();
            timestamps[i] = from.readLong();
            weights[i] = from.readVarInt(MOST_WEIGHT);
        }
    }
}

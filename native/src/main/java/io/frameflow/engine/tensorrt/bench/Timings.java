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
package io.frameflow.engine.tensorrt.bench;

import java.util.Arrays;

/** Times of batches as they come in, in nanoseconds. */
final class Timings {
    private static final int FIRST_CAPACITY = 1 << 16;

    private long[] enqueue = new long[FIRST_CAPACITY];
    private long[] hostToDevice = new long[FIRST_CAPACITY];
    private long[] compute = new long[FIRST_CAPACITY];
    private long[] deviceToHost = new long[FIRST_CAPACITY];
    private int count;

    void add(long enqueueNanos, long toDeviceNanos, long computeNanos, long toHostNanos) {
        if (count == enqueue.length) {
            enqueue = Arrays.copyOf(enqueue, 2 * count);
            hostToDevice = Arrays.copyOf(hostToDevice, 2 * count);
            compute = Arrays.copyOf(compute, 2 * count);
            deviceToHost = Arrays.copyOf(deviceToHost, 2 * count);
        }
        enqueue[count] = enqueueNanos;
        hostToDevice[count] = toDeviceNanos;
        compute[count] = computeNanos;
        deviceToHost[count] = toHostNanos;
        count++;
    }

    int count() {
        return count;
    }

    TimeSummary enqueue() {
        return TimeSummary.ofNanos(Arrays.copyOf(enqueue, count));
    }

    TimeSummary hostToDevice() {
        return TimeSummary.ofNanos(Arrays.copyOf(hostToDevice, count));
    }

    TimeSummary compute() {
        return TimeSummary.ofNanos(Arrays.copyOf(compute, count));
    }

    TimeSummary deviceToHost() {
        return TimeSummary.ofNanos(Arrays.copyOf(deviceToHost, count));
    }

    /** Of the three that the card spends on a batch. */
    TimeSummary latency() {
        long[] latency = new long[count];
        for (int i = 0; i < count; i++) {
            latency[i] = hostToDevice[i] + compute[i] + deviceToHost[i];
        }
        return TimeSummary.ofNanos(latency);
    }

    /** All compute time together, in seconds. */
    double computeSeconds() {
        return Arrays.stream(compute, 0, count).sum() / 1e9;
    }
}

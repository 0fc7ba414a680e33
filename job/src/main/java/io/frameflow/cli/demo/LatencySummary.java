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
package io.frameflow.cli.demo;

import java.util.stream.LongStream;

/** Percentiles of latencies, by the nearest rank: each is a latency that occurred. */
final class LatencySummary {
    private final long[] sortedMicros;

    /** A summary of latencies in microseconds; at least one. */
    LatencySummary(LongStream micros) {
        this.sortedMicros = micros.sorted().toArray();
        if (sortedMicros.length == 0) {
            throw new IllegalArgumentException("no latencies");
        }
    }

    /**
     * The smallest latency that so many percent of all do not exceed.
     *
     * @param percent above 0, at most 100
     * @return milliseconds
     */
    double percentileMillis(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sortedMicros.length);
        return sortedMicros[Math.max(rank, 1) - 1] / 1000.0;
    }
}

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
package io.frameflow.benchmark;

import java.util.Arrays;

/**
 * Latencies while a publisher is live: from the moment at which a frame was due to be published
 * until its result was read from Kafka.
 *
 * @param load part of the throughput at which frames were published
 * @param framesPerSecond frames published, and results read, a second
 * @param frames frames that were measured
 * @param p50Millis median
 * @param p95Millis 95th percentile, by nearest rank
 * @param p99Millis 99th percentile
 * @param maxMillis the longest
 */
record LiveResult(
        double load,
        double framesPerSecond,
        int frames,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double maxMillis) {

    static LiveResult of(double load, double framesPerSecond, long[] latencyMicros) {
        long[] sorted = latencyMicros.clone();
        Arrays.sort(sorted);
        return new LiveResult(
                load,
                framesPerSecond,
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 100));
    }

    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1000.0;
    }
}

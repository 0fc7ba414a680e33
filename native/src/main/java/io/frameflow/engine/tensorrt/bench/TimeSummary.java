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

/**
 * Times of many batches, in milliseconds. Percentiles are those of trtexec: the largest time that
 * is left when the given part of all times, rounded down, has been taken off the top.
 *
 * @param min shortest
 * @param max longest
 * @param mean mean
 * @param median median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 */
public record TimeSummary(
        double min, double max, double mean, double median, double p90, double p95, double p99) {

    /**
     * Summary of times in nanoseconds.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static TimeSummary ofNanos(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no times");
        }
        double[] sorted = Arrays.stream(nanos).mapToDouble(value -> value / 1e6).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new TimeSummary(
                sorted[0],
                sorted[sorted.length - 1],
                Arrays.stream(sorted).average().orElseThrow(),
                median,
                percentile(sorted, 90),
                percentile(sorted, 95),
                percentile(sorted, 99));
    }

    private static double percentile(double[] sorted, int percent) {
        int above = sorted.length * (100 - percent) / 100;
        return sorted[sorted.length - 1 - above];
    }
}

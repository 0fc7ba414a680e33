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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run gave. What threads did is counted between the first and the last sample with frames
 * flowing, without the job's start and end.
 *
 * @param guarantee delivery guarantee of the sinks
 * @param compared whether the job had the options that are compared
 * @param framesPerSecond frames divided by the time from the first to the last result in Kafka
 * @param framesPerBatch mean number of frames that the pipeline was given at a time
 * @param allocatedBytesPerFrame bytes allocated on the heap of the job's process, by kind of thread
 * @param processorMicrosPerFrame time on a processor in the job's process, by kind of thread
 * @param brokerMicrosPerFrame time on a processor in the broker's process, with that for starting
 *     and ending the job
 * @param peakLiveHeapBytes the most that a collection left on the heap
 */
record RunResult(
        String guarantee,
        boolean compared,
        double framesPerSecond,
        double framesPerBatch,
        Map<String, Double> allocatedBytesPerFrame,
        Map<String, Double> processorMicrosPerFrame,
        double brokerMicrosPerFrame,
        long peakLiveHeapBytes) {

    static RunResult of(
            String guarantee,
            boolean compared,
            int frames,
            List<Long> resultMillis,
            List<ThreadUsage> samples,
            Duration brokerTime) {
        ThreadUsage first = first(samples);
        ThreadUsage last = last(samples);
        double sampled = last.frames() - first.frames();
        double seconds = (resultMillis.get(frames - 1) - resultMillis.get(0)) / 1000.0;
        return new RunResult(
                guarantee,
                compared,
                frames / seconds,
                sampled / (last.batches() - first.batches()),
                perFrame(first.allocatedBytes(), last.allocatedBytes(), sampled),
                perFrame(first.processorNanos(), last.processorNanos(), 1000 * sampled),
                brokerTime.toNanos() / 1000.0 / frames,
                samples.stream().mapToLong(ThreadUsage::liveHeapBytes).max().orElseThrow());
    }

    /** The first sample in which frames flow. */
    private static ThreadUsage first(List<ThreadUsage> samples) {
        long before = samples.get(0).frames();
        return samples.stream()
                .filter(sample -> sample.frames() > before)
                .findFirst()
                .orElseThrow();
    }

    /** The last sample while frames still flow. */
    private static ThreadUsage last(List<ThreadUsage> samples) {
        long all = samples.get(samples.size() - 1).frames();
        ThreadUsage last = samples.get(0);
        for (ThreadUsage sample : samples) {
            if (sample.frames() < all) {
                last = sample;
            }
        }
        if (last.frames() <= first(samples).frames()) {
            throw new IllegalStateException("too few frames to measure: give a larger --frames");
        }
        return last;
    }

    private static Map<String, Double> perFrame(
            Map<String, Long> before, Map<String, Long> after, double divisor) {
        Map<String, Double> result = new TreeMap<>();
        after.forEach(
                (kind, value) ->
                        result.put(kind, (value - before.getOrDefault(kind, 0L)) / divisor));
        return result;
    }
}

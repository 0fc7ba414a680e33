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

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the threads of this process have allocated and how long they have run, by kind of thread.
 * Threads that have ended are not counted, so two measurements are to be taken within one run.
 *
 * @param atNanos when it was taken
 * @param batches batches that the pipelines had been given by then
 * @param frames frames that the pipelines had been given by then
 * @param allocatedBytes bytes allocated on the heap, by kind of thread
 * @param processorNanos time on a processor, by kind of thread
 * @param liveHeapBytes what the last collection left on the heap, which may hold garbage still
 */
record ThreadUsage(
        long atNanos,
        long batches,
        long frames,
        Map<String, Long> allocatedBytes,
        Map<String, Long> processorNanos,
        long liveHeapBytes) {
    /** All of the process: also the compiler, the collector, and threads of native libraries. */
    static final String PROCESS = "process";

    private static final OperatingSystemMXBean PROCESSOR =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Measures now. */
    static ThreadUsage now() {
        Map<String, Long> allocated = new TreeMap<>();
        Map<String, Long> processor = new TreeMap<>();
        long[] ids = THREADS.getAllThreadIds();
        ThreadInfo[] infos = THREADS.getThreadInfo(ids);
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        long[] nanos = THREADS.getThreadCpuTime(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && bytes[i] >= 0 && nanos[i] >= 0) {
                String kind = kind(infos[i].getThreadName());
                allocated.merge(kind, bytes[i], Long::sum);
                processor.merge(kind, nanos[i], Long::sum);
            }
        }
        allocated.put(PROCESS, allocated.values().stream().mapToLong(Long::longValue).sum());
        processor.put(PROCESS, PROCESSOR.getProcessCpuTime());
        return new ThreadUsage(
                System.nanoTime(),
                CountingPipeline.batches(),
                CountingPipeline.frames(),
                allocated,
                processor,
                liveHeap());
    }

    private static long liveHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static String kind(String thread) {
        if (thread.startsWith("Source Data Fetcher")) {
            return "fetching";
        }
        if (thread.startsWith("Source: frames")) {
            return "source to inference";
        }
        if (thread.startsWith("tracking")) {
            return "tracking and sinks";
        }
        if (thread.startsWith("frameflow-")) {
            return "pipeline";
        }
        return thread.startsWith("kafka-producer-network-thread") ? "producers" : "others";
    }
}

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
package io.frameflow.operators.metrics;

import io.frameflow.failure.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts frames without a result, each code by itself. A counter appears with its first frame.
 *
 * <p>For one thread, that of the task.
 */
public final class FailureCounters {
    private final MetricGroup group;
    private final Map<FailureCode, Counter> counters = new EnumMap<>(FailureCode.class);

    /** Counters under the group of an operator. */
    public FailureCounters(MetricGroup group) {
        this.group = group;
    }

    /** Counts a frame. */
    public void count(FailureCode code) {
        counters.computeIfAbsent(code, this::register).inc();
    }

    private Counter register(FailureCode code) {
        return group.addGroup(MetricNames.CODE, code.name()).counter(MetricNames.FRAMES_FAILED);
    }
}

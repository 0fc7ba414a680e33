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

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of control; {@link MetricNames} says what each one means. */
public final class ControlMetrics {
    private final Counter applied;
    private final Counter refused;
    private final Counter failed;

    /** Registers the metrics under the group of a coordinator. */
    public ControlMetrics(MetricGroup group) {
        applied = group.counter(MetricNames.CONTROL_APPLIED);
        refused = group.counter(MetricNames.CONTROL_REFUSED);
        failed = group.counter(MetricNames.CONTROL_FAILED);
    }

    /** A change was made. */
    public void applied() {
        applied.inc();
    }

    /** A message was nonsense. */
    public void refused() {
        refused.inc();
    }

    /** A change could not be made. */
    public void failed() {
        failed.inc();
    }
}

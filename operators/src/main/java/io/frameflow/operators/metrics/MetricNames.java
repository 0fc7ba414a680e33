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

/**
 * Names of the metrics, below {@code taskmanager.job.task.operator} as Flink's scope formats have
 * it.
 */
public final class MetricNames {
    /** Key of the group that tells codes apart: a label in Prometheus. */
    public static final String CODE = "code";

    /**
     * Counter {@code <operator>.code.<code>.framesFailed}: frames that left as dead letters with a
     * {@link io.frameflow.failure.FailureCode}.
     */
    public static final String FRAMES_FAILED = "framesFailed";

    private MetricNames() {}
}
